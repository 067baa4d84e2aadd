package io.quarkiverse.hume.test;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import org.jboss.shrinkwrap.api.asset.ByteArrayAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

import io.quarkiverse.hume.test.shapes.Shapes;
import io.quarkus.bootstrap.app.AdditionalDependency;
import io.quarkus.test.QuarkusUnitTest;

/** A jar without an index on the class path of an application. */
final class UnindexedLibrary {

    private static final String IMPORTS = """
            package shapes;
            import jakarta.ws.rs.*;
            import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
            """;

    private UnindexedLibrary() {
    }

    /**
     * @param library sources of the jar's classes in the package {@code shapes}, by simple name and without imports
     * @param application those of the application's
     */
    static QuarkusUnitTest addTo(QuarkusUnitTest test, Map<String, String> library, Map<String, String> application) {
        return test.addBootstrapCustomizer(bootstrap -> bootstrap.addAdditionalApplicationArchive(
                new AdditionalDependency(jar(library, compiled(library, application)), false, false)))
                .withApplicationRoot(root -> add(root, application, compiled(library, application)));
    }

    private static Map<String, byte[]> compiled(Map<String, String> library, Map<String, String> application) {
        Map<String, String> all = new LinkedHashMap<>(library);
        all.putAll(application);
        all.replaceAll((name, source) -> IMPORTS + source);
        return Shapes.compile(all);
    }

    private static Path jar(Map<String, String> library, Map<String, byte[]> compiled) {
        try {
            Path file = Files.createTempFile("library", ".jar");
            file.toFile().deleteOnExit();
            try (OutputStream out = Files.newOutputStream(file); JarOutputStream jar = new JarOutputStream(out)) {
                for (String name : library.keySet()) {
                    jar.putNextEntry(new JarEntry("shapes/" + name + ".class"));
                    jar.write(compiled.get("shapes." + name));
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(JavaArchive root, Map<String, String> application, Map<String, byte[]> compiled) {
        application.keySet().forEach(
                name -> root.add(new ByteArrayAsset(compiled.get("shapes." + name)), "shapes/" + name + ".class"));
        root.addClasses(Platforms.class, UnindexedLibrary.class);
    }
}
