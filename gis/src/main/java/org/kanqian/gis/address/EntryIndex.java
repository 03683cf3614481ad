package org.kanqian.gis.address;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * The entries by their characters, pairs of characters, roads and numbers, in memory. It proposes;
 * {@link Fit} judges.
 */
final class EntryIndex {
    private static final String GRAM = "gram";
    private static final String ROAD = "road";
    private static final String NUMBER = "number";
    private static final String REGION = "region";
    private static final String PLACE = "place";
    private static final String UNKNOWN = "?";
    private static final int LONGEST_ASKED = 80;

    private final IndexSearcher searcher;

    private EntryIndex(IndexSearcher searcher) {
        this.searcher = searcher;
    }

    static EntryIndex of(List<Entry> entries) {
        ByteBuffersDirectory memory = new ByteBuffersDirectory();
        try {
            // No analyzer: what is indexed has been cut into terms here.
            try (IndexWriter writer =
                    new IndexWriter(memory, new IndexWriterConfig(null).setCommitOnClose(true))) {
                for (int i = 0; i < entries.size(); i++) {
                    writer.addDocument(document(entries.get(i), i));
                }
                writer.forceMerge(1);
            }
            return new EntryIndex(new IndexSearcher(DirectoryReader.open(memory)));
        } catch (IOException e) {
            throw new UncheckedIOException("an index in memory cannot fail", e);
        }
    }

    private static Document document(Entry entry, int place) {
        Document document = new Document();
        Set<String> grams = grams(entry.key());
        grams.addAll(grams(Spelling.plain(entry.name())));
        grams.forEach(g -> document.add(new StringField(GRAM, g, Field.Store.NO)));
        if (!entry.parts().road().isEmpty()) {
            document.add(new StringField(ROAD, entry.parts().road(), Field.Store.NO));
        }
        if (!entry.parts().number().isEmpty()) {
            document.add(new StringField(NUMBER, Fit.bare(entry.parts().number()), Field.Store.NO));
        }
        if (entry.region().isEmpty()) {
            document.add(new StringField(REGION, UNKNOWN, Field.Store.NO));
        }
        for (int length = 2; length <= entry.region().length(); length += 2) {
            document.add(
                    new StringField(REGION, entry.region().substring(0, length), Field.Store.NO));
        }
        document.add(new NumericDocValuesField(PLACE, place));
        return document;
    }

    /** Places in the list of entries, those most like a text. */
    List<Integer> find(String key, int most) {
        return places(like(key), most);
    }

    private static BooleanQuery.Builder like(String key) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        String begin = key.length() > LONGEST_ASKED ? key.substring(0, LONGEST_ASKED) : key;
        for (String gram : grams(begin)) {
            query.add(new TermQuery(new Term(GRAM, gram)), Occur.SHOULD);
        }
        return query.setMinimumNumberShouldMatch(1);
    }

    /** Places in the list of entries, those most like the address. */
    List<Integer> find(ParsedAddress asked, String key, int most) {
        BooleanQuery.Builder query = like(key);
        if (!asked.road().isEmpty()) {
            query.add(
                    new BoostQuery(new FuzzyQuery(new Term(ROAD, asked.road()), 1, 1), 4),
                    Occur.SHOULD);
        }
        if (!asked.number().isEmpty()) {
            query.add(
                    new BoostQuery(new TermQuery(new Term(NUMBER, Fit.bare(asked.number()))), 2),
                    Occur.SHOULD);
        }
        if (!asked.regions().isEmpty()) {
            BooleanQuery.Builder within = new BooleanQuery.Builder();
            within.add(new TermQuery(new Term(REGION, UNKNOWN)), Occur.SHOULD);
            asked.regions()
                    .forEach(
                            r ->
                                    within.add(
                                            new TermQuery(
                                                    new Term(
                                                            REGION,
                                                            r.substring(
                                                                    0, Math.min(4, r.length())))),
                                            Occur.SHOULD));
            query.add(within.build(), Occur.FILTER);
        }
        return places(query, most);
    }

    private List<Integer> places(BooleanQuery.Builder query, int most) {
        try {
            ScoreDoc[] hits = searcher.search(query.build(), most).scoreDocs;
            int[] docs = Arrays.stream(hits).mapToInt(h -> h.doc).sorted().toArray();
            return places(docs);
        } catch (IOException e) {
            throw new UncheckedIOException("an index in memory cannot fail", e);
        }
    }

    private List<Integer> places(int[] docs) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        Integer[] places = new Integer[docs.length];
        int current = -1;
        NumericDocValues values = null;
        for (int i = 0; i < docs.length; i++) {
            int leaf = ReaderUtil.subIndex(docs[i], leaves);
            if (values == null || leaf != current) {
                values = leaves.get(leaf).reader().getNumericDocValues(PLACE);
                current = leaf;
            }
            values.advance(docs[i] - leaves.get(leaf).docBase);
            places[i] = (int) values.longValue();
        }
        return List.of(places);
    }

    private static Set<String> grams(String text) {
        Set<String> grams = new LinkedHashSet<>();
        for (int i = 0; i < text.length(); i++) {
            grams.add(text.substring(i, i + 1));
            if (i + 1 < text.length()) {
                grams.add(text.substring(i, i + 2));
            }
        }
        return grams;
    }
}
