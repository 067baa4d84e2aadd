package io.quarkiverse.hume.deployment.rest.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

import org.jboss.jandex.DotName;
import org.jboss.jandex.Indexer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.rest.ClientResolver;
import io.quarkiverse.hume.deployment.rest.Declaration;
import io.quarkiverse.hume.deployment.rest.HumeRestClientsBuildItem;
import io.quarkiverse.hume.runtime.rest.ClientAuthentication;
import io.quarkiverse.hume.test.shapes.Mechanism;
import io.quarkiverse.hume.test.shapes.Mechanism.Authentication;
import io.quarkiverse.hume.test.shapes.Mechanism.Case;
import io.quarkiverse.hume.test.shapes.Mechanism.Effect;
import io.quarkiverse.hume.test.shapes.Mechanism.Level;
import io.quarkiverse.hume.test.shapes.Shapes;

/**
 * Every mechanism that sets a second credential on calls, at every level of a client: the build either fails or warns, and
 * names the place.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecondCredentialsTest {

    private final List<String> warnings = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            warnings.add(String.format(record.getMessage(), record.getParameters()));
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    };
    private final Logger logger = Logger.getLogger("io.quarkiverse.hume.deployment");

    private Map<String, byte[]> compiled;
    private ClassLoader before;

    static Stream<Case> cases() {
        return Mechanism.cases().stream();
    }

    @BeforeAll
    void compile() {
        Map<String, String> sources = new LinkedHashMap<>(Mechanism.classes());
        cases().forEach(client -> sources.putAll(client.sources()));
        compiled = Shapes.compile(sources);
        before = Thread.currentThread().getContextClassLoader();
        logger.addHandler(handler);
    }

    @BeforeEach
    void showClasses() {
        warnings.clear();
        Thread.currentThread().setContextClassLoader(new ClassLoader(before) {
            @Override
            public java.io.InputStream getResourceAsStream(String name) {
                byte[] bytes = compiled.get(name.replace('/', '.').replaceFirst("\\.class$", ""));
                return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
            }
        });
    }

    @AfterEach
    void hideClasses() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @AfterAll
    void close() {
        logger.removeHandler(handler);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyMechanism_isRejectedOrWarnedOf(Case client) throws IOException {
        List<String> violations = violations(client);
        String place = "shapes." + client.place();
        if (client.isRejected()) {
            assertThat(violations).isNotEmpty().allSatisfy(violation -> assertThat(violation).contains(place, "emove"));
        } else {
            assertThat(violations).isEmpty();
            if (isAboutAuthenticatedCalls(client)) {
                assertThat(warnings).isNotEmpty().allSatisfy(warning -> assertThat(warning).contains(place));
            } else {
                assertThat(warnings).isEmpty();
            }
        }
    }

    private static boolean isAboutAuthenticatedCalls(Case client) {
        return client.authentication() != Authentication.ON_SUB_RESOURCE
                || client.level() != Level.METHOD && client.level() != Level.INHERITED_METHOD
                || client.mechanism().effect == Effect.REPLACED;
    }

    private List<String> violations(Case client) throws IOException {
        Indexer indexer = new Indexer();
        for (String simpleName : client.sources().keySet()) {
            indexer.index(new ByteArrayInputStream(compiled.get("shapes." + simpleName)));
        }
        ClientIndex index = new ClientIndex(indexer.complete());
        DotName name = DotName.createSimple(client.name());
        Map<DotName, Declaration> configured = client.authentication() != Authentication.BY_PROPERTY ? Map.of()
                : Map.of(name, new Declaration(new ClientAuthentication(HumeAccount.DEFAULT, HumeStrategy.AUTO),
                        index.type(name), null, "hume.rest-clients"));
        HumeRestClientsBuildItem clients = new ClientResolver(index, configured).found();
        assertThat(clients.client(client.name())).isNotNull();
        return new SecondCredentials(clients).violations();
    }
}
