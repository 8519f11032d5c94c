import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * The export of `shirube export` in Lucene, as a `match` under a `bool` searches it: words cut at spaces, BM25.
 *
 * <p>Standard input, a line each, cells between tabs: `document ID (FIELD WORDS)…`, then `query (FIELD BOOST WORDS)…`.
 * Standard output: for each query the id of the first document, or an empty line.
 */
public final class Loaded {
  public static void main(String[] arguments) throws IOException {
    List<String[]> queries = new ArrayList<>();
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    try (Analyzer analyzer = new WhitespaceAnalyzer();
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String[] cells = line.split("\t", -1);
          if (cells[0].equals("query")) {
            queries.add(cells);
            continue;
          }
          Document document = new Document();
          document.add(new StoredField("id", cells[1]));
          for (int i = 2; i + 1 < cells.length; i += 2) {
            document.add(new TextField(cells[i], cells[i + 1], Field.Store.NO));
          }
          writer.addDocument(document);
        }
        writer.forceMerge(1);
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        for (String[] cells : queries) {
          BooleanQuery.Builder query = new BooleanQuery.Builder();
          for (int i = 1; i + 2 < cells.length; i += 3) {
            float boost = Float.parseFloat(cells[i + 1]);
            for (String word : cells[i + 2].split(" ")) {
              query.add(new BoostQuery(new TermQuery(new Term(cells[i], word)), boost), BooleanClause.Occur.SHOULD);
            }
          }
          ScoreDoc[] hits = searcher.search(query.build(), 1).scoreDocs;
          out.println(hits.length == 0 ? "" : searcher.doc(hits[0].doc).get("id"));
        }
      }
    }
    out.flush();
  }
}
