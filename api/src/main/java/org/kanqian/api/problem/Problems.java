package org.kanqian.api.problem;

import java.util.List;
import java.util.Map;
import org.kanqian.rules.pack.Text;

/** The problems that follow from an HTTP status alone. */
final class Problems {
    private static final Map<Integer, Text> DETAILS =
            Map.of(
                    400,
                    new Text(
                            "请求读不懂，请核对地址和格式。",
                            "The request cannot be read; check its address and form."),
                    404,
                    new Text(
                            "没有这个地址。接口说明见 /swagger-ui.html。",
                            "There is nothing at this address; /swagger-ui.html lists the API."),
                    405,
                    new Text("这个地址不接受这种方法。", "This address does not take that method."),
                    406,
                    new Text(
                            "这个地址答不了 Accept 要的格式；能答的见 /swagger-ui.html。",
                            "This address cannot answer in a form Accept takes; see /swagger-ui.html."),
                    413,
                    new Text("请求体超过 4 MB，请缩小。", "The body is larger than 4 MB; make it smaller."),
                    415,
                    new Text(
                            "Content-Type 不对：JSON 用 application/json，图层用 application/zip，"
                                    + "其他文件用 application/octet-stream。",
                            "Wrong Content-Type: application/json for JSON, application/zip for a"
                                    + " layer, application/octet-stream for any other file."));

    private Problems() {}

    static Problem ofStatus(int status) {
        Text detail =
                DETAILS.getOrDefault(status, new Text("请求没有被接受。", "The request was not accepted."));
        return new Problem(
                status,
                status == 404 ? "not-found" : "http-" + status,
                new Text("请求没有被接受", "The request was not accepted"),
                detail,
                List.of());
    }

    /** A fault of ours; {@code id} finds it in the log. */
    static Problem ours(String id) {
        return new Problem(
                500,
                "internal",
                new Text("服务出错了", "Something went wrong here"),
                new Text(
                        "不是您的问题。请把编号 " + id + " 告诉管理员。",
                        "This is not your fault. Tell the administrator this number: " + id),
                List.of());
    }
}
