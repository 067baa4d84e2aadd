package io.quarkiverse.hume.deployment.webhook;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.Index;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.HumeWebhook;
import io.quarkiverse.hume.deployment.index.HumeAnnotations;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.runtime.configuration.ConfigurationException;

/** The tests of this module always have a server, so an application without one is not built here. */
class HumeWebhookProcessorTest {

    static class Hooks {
        @HumeWebhook
        void post() {
        }
    }

    @Test
    void withoutServer_annotation_failsTheBuild() throws IOException {
        AnnotationInstance found = Index.of(Hooks.class).getAnnotations(HumeAnnotations.WEBHOOK).get(0);
        assertThatThrownBy(() -> HumeWebhookProcessor.requireServer(new Capabilities(Set.of()), found))
                .isInstanceOf(ConfigurationException.class).hasMessageContainingAll(
                        "HumeWebhookProcessorTest$Hooks#post", "no server", "quarkus-rest");
        assertThatCode(() -> HumeWebhookProcessor
                .requireServer(new Capabilities(Set.of(Capability.RESTEASY_REACTIVE)), found)).doesNotThrowAnyException();
    }
}
