package io.quarkiverse.hume.deployment.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.Index;
import org.jboss.logging.annotations.Message;
import org.junit.jupiter.api.Test;

/** The documentation explains every message with a code, and no others. */
class BuildMessagesDocumentedTest {

    @Test
    void codes_areThoseOfTheDocumentation() throws IOException {
        Set<String> codes = new TreeSet<>();
        for (AnnotationInstance message : Index.of(HumeBuildLog.class).getAnnotations(Message.class)) {
            codes.add("HUME%04d".formatted(message.value("id").asInt()));
        }
        Set<String> documented = new TreeSet<>();
        Matcher row = Pattern.compile("^\\| (?:\\[\\[HUME\\d{4}]])?(HUME\\d{4})$", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("../docs/modules/ROOT/pages/build-messages.adoc")));
        while (row.find()) {
            documented.add(row.group(1));
        }
        assertThat(codes).isNotEmpty().isEqualTo(documented);
    }
}
