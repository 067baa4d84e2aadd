package io.quarkiverse.hume.deployment.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.MethodInfo;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.runtime.log.HumeLog;

/** The message reference lists every message of a running application, and no others, with its level and its text. */
class MessageReferenceTest {

    private static final DotName MESSAGE = DotName.createSimple("org.jboss.logging.annotations.Message");
    private static final DotName LOG_MESSAGE = DotName.createSimple("org.jboss.logging.annotations.LogMessage");
    private static final Pattern ROW = Pattern
            .compile("\\| \\[\\[(HUME\\d{4})]]\\1\n\\| ([A-Z]+)\n\\| (.+)\n\\| (.+)\n");

    @Test
    void reference_equalsTheTextsOfTheLogger() throws IOException {
        assertThat(documented()).containsExactlyInAnyOrderElementsOf(logged()); // the page is ordered by subject
    }

    /** The ranges that the comments of the two classes and the page "Architecture" give for new messages. */
    @Test
    void codes_areUniqueAndInTheRangeOfTheirClass() throws IOException {
        assertThat(codes(HumeLog.class)).isNotEmpty().doesNotHaveDuplicates().allMatch(code -> code >= 1 && code <= 99);
        assertThat(codes(HumeBuildLog.class)).isNotEmpty().doesNotHaveDuplicates()
                .allMatch(code -> code >= 100 && code <= 199);
    }

    private static List<Integer> codes(Class<?> log) throws IOException {
        return Index.of(log).getAnnotations(MESSAGE).stream().map(message -> message.value("id").asInt()).toList();
    }

    private static List<String> documented() throws IOException {
        String page = Files.readString(Path.of("../docs/modules/ROOT/pages/messages.adoc"), StandardCharsets.UTF_8);
        Matcher rows = ROW.matcher(page);
        List<String> messages = new ArrayList<>();
        while (rows.find()) {
            messages.add(rows.group(1) + " " + rows.group(2) + " " + rows.group(3));
        }
        assertThat(messages).as("rows of another form").hasSize(page.split("\\[\\[HUME", -1).length - 1);
        return messages;
    }

    /** Ordered by their codes. */
    private static List<String> logged() throws IOException {
        return Index.of(HumeLog.class).getAnnotations(MESSAGE).stream().map(MessageReferenceTest::describe).sorted().toList();
    }

    private static String describe(AnnotationInstance message) {
        MethodInfo method = message.target().asMethod();
        return String.format("HUME%04d %s %s", message.value("id").asInt(),
                method.annotation(LOG_MESSAGE).value("level").asEnum(),
                message.value().asString().replaceAll("%(\\d\\$)?s", "\u2026"));
    }
}
