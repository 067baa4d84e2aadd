package io.quarkiverse.hume.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The description of each property in the metadata of the two jars, as an editor shows it. */
class ConfigurationReferenceTest {

    private static final String MODEL = "META-INF/quarkus-config-doc/quarkus-config-model.json";
    private static final String JAVADOC = "META-INF/quarkus-config-doc/quarkus-config-javadoc.json";

    private record Property(String description, boolean hasDefault) {
    }

    @Test
    void everyProperty_isDescribedInSentences() throws IOException {
        Map<String, Property> properties = properties();
        assertThat(properties).containsKeys("hume.api-key", "hume.token.retry.delay", "hume.strategy",
                "hume.devservices.port", "hume.accounts.\"account-name\".base-url",
                "hume.accounts.\"account-name\".rest-clients");
        assertThat(properties).allSatisfy((name, property) -> assertThat(property.description()).as(name)
                .hasSizeGreaterThan(20).endsWith("."));
    }

    @Test
    void propertyWithoutDefault_showsAnExampleOrTheNameOfAValue() throws IOException {
        assertThat(properties()).allSatisfy((name, property) -> {
            if (!property.hasDefault()) {
                assertThat(property.description()).as(name).matches("(?s).*`[^`]+`.*");
            }
        });
    }

    private static Map<String, Property> properties() throws IOException {
        JsonObject javadoc = new JsonObject();
        for (URL url : Collections.list(ConfigurationReferenceTest.class.getClassLoader().getResources(JAVADOC))) {
            javadoc.mergeIn(read(url).getJsonObject("elements"));
        }
        Map<String, Property> properties = new TreeMap<>();
        for (URL url : Collections.list(ConfigurationReferenceTest.class.getClassLoader().getResources(MODEL))) {
            for (Object root : read(url).getJsonArray("configRoots")) {
                JsonObject extension = ((JsonObject) root).getJsonObject("extension");
                if ("quarkus-hume".equals(extension.getString("artifactId"))) {
                    collect(((JsonObject) root).getJsonArray("items"), javadoc, properties);
                }
            }
        }
        return properties;
    }

    private static void collect(JsonArray items, JsonObject javadoc, Map<String, Property> properties) {
        for (Object entry : items) {
            JsonObject item = (JsonObject) entry;
            if (item.containsKey("items")) {
                collect(item.getJsonArray("items"), javadoc, properties);
            } else {
                String name = item.getJsonObject("path").getString("property");
                JsonObject text = javadoc.getJsonObject(
                        item.getString("sourceType") + "." + item.getString("sourceElementName"),
                        new JsonObject());
                properties.put(name, new Property(text.getString("description", ""), item.containsKey("defaultValue")));
            }
        }
    }

    private static JsonObject read(URL url) throws IOException {
        try (InputStream content = url.openStream()) {
            return new JsonObject(new String(content.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
