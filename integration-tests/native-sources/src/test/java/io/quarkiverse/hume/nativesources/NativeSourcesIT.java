package io.quarkiverse.hume.nativesources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What the native build steps hand to the native compiler: the extension's part of it, entry by entry. An entry that is new
 * here is a decision, not an accident.
 */
class NativeSourcesIT {

    private static final Path SOURCES = Path.of(System.getProperty("native.sources"));
    private static final String EXTENSION = "io.quarkiverse.hume.";
    private static final String APPLICATION = "io.quarkiverse.hume.nativesources.";
    private static final String METADATA = "META-INF/native-image/";

    /** By jar and name in it. */
    private static final Map<String, byte[]> FILES = new TreeMap<>();

    /** Those of the runner jar. */
    private static final Map<String, byte[]> RUNNER = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        try (var jars = Files.walk(SOURCES)) {
            for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                try (ZipInputStream content = new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(jar)))) {
                    for (ZipEntry entry = content.getNextEntry(); entry != null; entry = content.getNextEntry()) {
                        byte[] bytes = content.readAllBytes();
                        FILES.put(jar.getFileName() + "!" + entry.getName(), bytes);
                        if (jar.getFileName().toString().endsWith("-runner.jar")) {
                            RUNNER.put(entry.getName(), bytes);
                        }
                    }
                }
            }
        }
    }

    @Test
    void reflection_isForMappingsAndSevenClasses() throws IOException {
        List<String> mappings = RUNNER.keySet().stream().filter(name -> name.startsWith("io/quarkiverse/hume/runtime/config/"))
                .filter(name -> name.endsWith("$$CMImpl.class"))
                .map(name -> name.replace('/', '.').replace(".class", "")).toList();
        assertThat(mappings).contains(EXTENSION + "runtime.config.HumeRuntimeConfig$$CMImpl");
        List<String> expected = new ArrayList<>(mappings);
        expected.add(EXTENSION + "HumeAccount");
        expected.add(EXTENSION + "runtime.refresh.TokenRefresher_ScheduledInvoker_refresh");
        expected.add(EXTENSION + "runtime.config.AccountSpellings");
        expected.add(EXTENSION + "runtime.config.AddressConverter");
        expected.add(EXTENSION + "runtime.config.KeyExpiryConverter");
        expected.add(EXTENSION + "runtime.config.WebSocketRuntimeConfig$Placement");
        expected.add(EXTENSION + "runtime.rest.AuthenticatingRestClientListener");
        assertThat(names("reflect-config.json").stream().map(name -> name.replaceFirst("_[0-9a-f]{40}$", "")).toList())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void listener_canBeMadeAndIsFoundAsAService() throws IOException {
        JsonNode listener = null;
        for (JsonNode entry : json("reflect-config.json")) {
            if (entry.get("name").asText().equals(EXTENSION + "runtime.rest.AuthenticatingRestClientListener")) {
                listener = entry;
            }
        }
        assertThat(listener).isNotNull();
        assertThat(listener.get("methods").get(0).get("name").asText()).isEqualTo("<init>");
        String service = "META-INF/services/org.eclipse.microprofile.rest.client.spi.RestClientListener";
        assertThat(resources()).contains("\\Q" + service + "\\E");
        assertThat(FILES.entrySet().stream().filter(file -> file.getKey().endsWith("quarkus-hume-999-SNAPSHOT.jar!" + service))
                .map(file -> new String(file.getValue(), StandardCharsets.UTF_8).strip()).toList())
                .containsExactly(EXTENSION + "runtime.rest.AuthenticatingRestClientListener");
    }

    @Test
    void proxiesResourcesAndTheRest_haveNothingOfOurs() throws IOException {
        assertThat(names("proxy-config.json")).isEmpty();
        assertThat(json("serialization-config.json").toString()).doesNotContain("hume");
        assertThat(json("jni-config.json").toString()).doesNotContain("hume");
        assertThat(resources()).noneMatch(pattern -> pattern.contains("hume"));
    }

    @Test
    void application_hasWhatItsFeaturesNeed() {
        assertThat(RUNNER.keySet()).anyMatch(name -> name.endsWith("/TokenBeans_Bean.class"))
                .anyMatch(name -> name.endsWith("/TokenRefresher_Bean.class"))
                .anyMatch(name -> name.endsWith("/AuthenticatingConnector_Bean.class"))
                .anyMatch(name -> name.endsWith("/Webhooks_Bean.class"))
                .anyMatch(name -> name.contains("/HumeBrowserTokenProcessor$route"));
    }

    /** The library for retries finds its parts as services, and its timer is a thread, which no executable can begin with. */
    @Test
    void faultTolerance_isFoundAndStartsNothingWhileTheImageIsBuilt() throws IOException {
        assertThat(resources()).contains("\\QMETA-INF/services/io.smallrye.faulttolerance.api.Spi\\E",
                "\\QMETA-INF/services/io.smallrye.faulttolerance.core.invocation.AsyncSupport\\E",
                "\\QMETA-INF/services/io.smallrye.faulttolerance.core.event.loop.EventLoop\\E");
        assertThat(json("reflect-config.json").findValuesAsText("name")).contains(
                "io.smallrye.faulttolerance.standalone.StandaloneSpi", "io.smallrye.faulttolerance.mutiny.impl.UniSupport",
                "io.smallrye.faulttolerance.vertx.VertxEventLoop");
        assertThat(new String(RUNNER.get("io/quarkus/runner/Feature.class"), StandardCharsets.ISO_8859_1))
                .contains("io.smallrye.faulttolerance.standalone.StandaloneSpi$LazyDependenciesHolder");
    }

    @Test
    void encryption_isPartOfTheImage() throws IOException {
        assertThat(Files.readString(SOURCES.resolve("native-image.args"))).contains("--enable-url-protocols=http,https");
    }

    @Test
    void buildTools_areNotThere() {
        assertThat(FILES.keySet()).noneMatch(name -> name.contains("io/quarkiverse/hume/deployment/"))
                .noneMatch(name -> name.contains("io/quarkiverse/hume/emulator/"));
    }

    /** The descriptor is this module's pom, which is where the keys come from. */
    @Test
    void keysOfTheBuild_areNotThere() throws IOException {
        assertThat(System.getProperty("canary")).isNotBlank();
        List<String> found = FILES.entrySet().stream().filter(file -> !file.getKey().contains("!META-INF/maven/"))
                .filter(file -> new String(file.getValue(), StandardCharsets.ISO_8859_1).contains(System.getProperty("canary")))
                .map(Map.Entry::getKey).collect(Collectors.toList());
        assertThat(found).isEmpty();
        assertThat(Files.readString(SOURCES.resolve("native-image.args"))).doesNotContain(System.getProperty("canary"));
    }

    /** The names in a list of registrations that belong to the extension. */
    private static List<String> names(String file) throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode entry : json(file)) {
            String name = entry.has("name") ? entry.get("name").asText() : entry.toString();
            if (name.contains(EXTENSION) && !name.contains(APPLICATION)) {
                names.add(name);
            }
        }
        return names;
    }

    private static List<String> resources() throws IOException {
        List<String> patterns = new ArrayList<>();
        json("resource-config.json").get("resources").get("includes")
                .forEach(entry -> patterns.add(entry.get("pattern").asText()));
        return patterns;
    }

    private static JsonNode json(String file) throws IOException {
        assertThat(RUNNER).containsKey(METADATA + file);
        return new ObjectMapper().readTree(RUNNER.get(METADATA + file));
    }
}
