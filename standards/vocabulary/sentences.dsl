# The sentences rules are written in. A developers' file: officers use it, they do not edit it.
#
# [when]sentence=pattern     [then]conclusion=call
# {name:kind} captures what an officer writes; it is looked up, never pasted into the rule:
#   point    id of a point                     number|flag|choice   label of a fact of that type
#   limit    parameter of the rule's point     relation             how two numbers compare
#   flags    labels of several facts of type boolean, joined by 、
#   answer   是 or 否                           value|values         values the vocabulary lists
# {n} is the line of the sentence, so that variables never clash; $check and $w come from 要点.

[when]要点 {point:point}=$check : Check(point == {point}, $w : world)

[when]<{left:number}> {relation:relation} 限值 {right:limit}=Amount(name == {right}, world == $w, $r{n} : number) Amount(name == {left}, world == $w, number {relation} $r{n})
[when]<{left:number}> {relation:relation} <{right:number}>=Amount(name == {right}, world == $w, $r{n} : number) Amount(name == {left}, world == $w, number {relation} $r{n})
[when]<{left:number}> 除以 <{over:number}> {relation:relation} 限值 {right:limit}=Amount(name == {right}, world == $w, $r{n} : number) Amount(name == {left}, world == $w, number {relation} $r{n})

[when]<{flag:flag}> 为 {answer:answer}=Mark(name == {flag}, world == $w, yes == {answer})
[when]以下任一为 {answer:answer}：{flags:flags}=Mark(name in ({flags}), world == $w, yes == {answer})
[when]以下全部为 {answer:answer}：{flags:flags}=Mark(name == {each}, world == $w, yes == {answer})

[when]<{choice:choice}> 是 <{value:value}>=Pick(name == {choice}, world == $w, value == {value})
[when]<{choice:choice}> 不是 <{value:value}>=Pick(name == {choice}, world == $w, value != {value})
[when]<{choice:choice}> 属于 {values:values}=Pick(name == {choice}, world == $w, value in ({values}))
[when]<{choice:choice}> 不属于 {values:values}=Pick(name == {choice}, world == $w, value not in ({values}))

[then]不符合=report.violated({rule}, $check.world());
[then]适用=report.applies({rule}, $check.world());
