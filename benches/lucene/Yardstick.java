import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
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
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/** Lucene as it comes out of the box: JapaneseAnalyzer, BM25, titles and texts in one field, any of the words. */
public final class Yardstick {
  private static final String FIELD = "text";
  private static final int DEPTH = 100;

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("Yardstick ARTICLES queries.tsv >run");
      System.exit(2);
    }
    Path root = Path.of(arguments[0]);
    try (Analyzer analyzer = new JapaneseAnalyzer();
        ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
        for (Path file : articles(root)) {
          String path = root.relativize(file).toString().replace('\\', '/');
          List<String> lines = Files.readString(file).lines().toList();
          Document document = new Document();
          document.add(new StoredField("id", path.substring(0, path.length() - ".md".length())));
          document.add(new TextField(FIELD, title(lines), Field.Store.NO));
          document.add(new TextField(FIELD, String.join("\n", lines.subList(bodyAt(lines), lines.size())), Field.Store.NO));
          writer.addDocument(document);
        }
      }
      PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
          int tab = line.indexOf('\t');
          if (tab < 0) {
            continue;
          }
          int rank = 1;
          for (ScoreDoc hit : searcher.search(anyOf(analyzer, line.substring(tab + 1)), DEPTH).scoreDocs) {
            String id = searcher.doc(hit.doc).get("id");
            out.printf(Locale.ROOT, "%s Q0 %s %d %.6f lucene%n", line.substring(0, tab), id, rank++, hit.score);
          }
        }
      }
      out.flush();
    }
  }

  private static List<Path> articles(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(f -> f.toString().endsWith(".md")).sorted().collect(Collectors.toList());
    }
  }

  private static int bodyAt(List<String> lines) {
    if (lines.isEmpty() || !lines.get(0).strip().equals("---")) {
      return 0;
    }
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).strip().equals("---")) {
        return i + 1;
      }
    }
    return 0;
  }

  private static String title(List<String> lines) {
    int body = bodyAt(lines);
    for (String line : lines.subList(0, body)) {
      if (line.startsWith("title:")) {
        return line.substring("title:".length()).strip();
      }
    }
    for (String line : lines.subList(body, lines.size())) {
      if (line.startsWith("#")) {
        return line.replaceFirst("^#+\\s*", "");
      }
    }
    return "";
  }

  private static BooleanQuery anyOf(Analyzer analyzer, String text) throws IOException {
    Set<String> words = new LinkedHashSet<>();
    try (var stream = analyzer.tokenStream(FIELD, text)) {
      CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        words.add(word.toString());
      }
      stream.end();
    }
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    for (String word : words) {
      query.add(new TermQuery(new Term(FIELD, word)), BooleanClause.Occur.SHOULD);
    }
    return query.build();
  }
}
