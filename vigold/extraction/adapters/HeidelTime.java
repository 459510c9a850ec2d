import de.unihd.dbs.heideltime.standalone.DocumentType;
import de.unihd.dbs.heideltime.standalone.HeidelTimeStandalone;
import de.unihd.dbs.heideltime.standalone.OutputType;
import de.unihd.dbs.heideltime.standalone.POSTagger;
import de.unihd.dbs.heideltime.standalone.components.ResultFormatter;
import de.unihd.dbs.uima.annotator.heideltime.resources.Language;
import de.unihd.dbs.uima.types.heideltime.Timex3;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.text.SimpleDateFormat;
import java.util.EnumMap;
import java.util.Map;
import org.apache.uima.jcas.JCas;

/**
 * HeidelTime as one warm process. It first gives the version of Java. In: day (or nothing) and text, out: a line for
 * each TIMEX3; all as length and UTF-8.
 */
public class HeidelTime {
    private static final Map<DocumentType, HeidelTimeStandalone> taggers = new EnumMap<>(DocumentType.class);

    public static void main(String[] arguments) throws Exception {
        DataOutputStream out = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
        System.setOut(new PrintStream(System.err));  // HeidelTime prints remarks, which must not mix with the answers
        DataInputStream in = new DataInputStream(System.in);
        tagger(DocumentType.NEWS, arguments[0]);
        write(out, System.getProperty("java.version"));
        while (true) {
            String day;
            try {
                day = read(in);
            } catch (EOFException end) {
                return;
            }
            write(out, tag(day, read(in), arguments[0]));
        }
    }

    private static void write(DataOutputStream out, String answer) throws IOException {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }

    private static String read(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String tag(String day, String text, String config) throws Exception {
        // A text without a day of publication has nothing to be resolved against, which HeidelTime calls a narrative.
        DocumentType type = day.isEmpty() ? DocumentType.NARRATIVES : DocumentType.NEWS;
        HeidelTimeStandalone tagger = tagger(type, config);
        if (day.isEmpty()) {
            return tagger.process(text, new Lines());
        }
        return tagger.process(text, new SimpleDateFormat("yyyy-MM-dd").parse(day), new Lines());
    }

    private static HeidelTimeStandalone tagger(DocumentType type, String config) {
        return taggers.computeIfAbsent(type, kind -> new HeidelTimeStandalone(
            Language.VIETNAMESE, kind, OutputType.TIMEML, config, POSTagger.NO, false));
    }

    /** Start and end in code points, type, value and modifier, with tabs between them. */
    private static class Lines implements ResultFormatter {
        @Override
        public String format(JCas document) {
            String text = document.getDocumentText();
            StringBuilder lines = new StringBuilder();
            for (var annotation : document.getAnnotationIndex(Timex3.type)) {
                Timex3 timex = (Timex3) annotation;
                lines.append(text.codePointCount(0, timex.getBegin())).append('\t')
                    .append(text.codePointCount(0, timex.getEnd())).append('\t').append(timex.getTimexType()).append('\t')
                    .append(timex.getTimexValue()).append('\t').append(timex.getTimexMod()).append('\n');
            }
            return lines.toString();
        }
    }
}
