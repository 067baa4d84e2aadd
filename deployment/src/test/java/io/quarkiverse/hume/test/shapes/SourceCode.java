package io.quarkiverse.hume.test.shapes;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Source code that a test generates. */
public final class SourceCode {

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    // One for all, since it remembers what is in the jars of the class path.
    private static final StandardJavaFileManager CLASS_PATH = classPath();

    private SourceCode() {
    }

    private static StandardJavaFileManager classPath() {
        StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, null);
        try {
            files.setLocation(StandardLocation.CLASS_PATH, Stream.of(System.getProperty("java.class.path")
                    .split(File.pathSeparator)).map(File::new).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /**
     * @param sources by the name of the class
     * @return all classes, nested ones included, by name
     */
    public static synchronized Map<String, byte[]> compile(Map<String, String> sources) {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
        JavaFileManager files = new ForwardingJavaFileManager<>(CLASS_PATH) {
            @Override
            public JavaFileObject getJavaFileForOutput(Location location, String className, JavaFileObject.Kind kind,
                    FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("mem:///" + className + ".class"), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        return classes.computeIfAbsent(className, ignored -> new ByteArrayOutputStream());
                    }
                };
            }
        };
        List<JavaFileObject> written = new ArrayList<>();
        sources.forEach((name, source) -> written.add(
                new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                }));
        List<String> options = List.of("-proc:none", "-parameters");
        if (!COMPILER.getTask(null, files, problems, options, null, written).call()) {
            throw new IllegalStateException(problems.getDiagnostics().toString());
        }
        Map<String, byte[]> compiled = new LinkedHashMap<>();
        classes.forEach((name, bytes) -> compiled.put(name, bytes.toByteArray()));
        return compiled;
    }
}
