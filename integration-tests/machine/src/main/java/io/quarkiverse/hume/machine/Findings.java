package io.quarkiverse.hume.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The findings about the tools of this machine. The test processes of one Maven build share them in a directory, so that each
 * tool is examined and its absence reported only once. Without Maven, each process examines the tools itself.
 */
abstract class Findings {

    /** The system properties that the parent POM sets: a directory, and an id of this build. */
    private static final String DIRECTORY = "tools.findings";
    private static final String BUILD = "tools.build";

    private static final Findings OF_THIS_PROCESS = new InMemory();

    private static final int LONGEST_PROBLEM = 300;

    /** @param first whether this call examined the tool */
    record Finding(Optional<String> problem, boolean first) {
    }

    static Findings ofThisBuild() {
        String directory = System.getProperty(DIRECTORY);
        String build = System.getProperty(BUILD);
        return directory == null || build == null ? OF_THIS_PROCESS : new InDirectory(Path.of(directory), build);
    }

    abstract Finding of(Tool tool);

    /** Examines the tool, and returns the problem as a single line. */
    private static Optional<String> examine(Tool tool) {
        return tool.examination().get().map(problem -> {
            String line = problem.strip().replaceAll("\\s+", " ");
            return line.length() > LONGEST_PROBLEM ? line.substring(0, LONGEST_PROBLEM) + "..." : line;
        });
    }

    static final class InMemory extends Findings {

        private final Map<String, Optional<String>> problems = new ConcurrentHashMap<>();

        @Override
        Finding of(Tool tool) {
            Optional<String> known = problems.get(tool.name());
            if (known != null) {
                return new Finding(known, false);
            }
            Optional<String> problem = examine(tool);
            return new Finding(problem, problems.put(tool.name(), problem) == null);
        }
    }

    /** Stores a file for each tool, with the id of the build in the first line and the problem in the second. */
    static final class InDirectory extends Findings {

        private final Path directory;
        private final String build;

        InDirectory(Path directory, String build) {
            this.directory = directory;
            this.build = build;
        }

        @Override
        Finding of(Tool tool) {
            Path file = directory.resolve(tool.name().replaceAll("[^A-Za-z0-9]+", "-") + ".txt");
            try {
                String[] known = read(file).split("\n", -1);
                if (known[0].equals(build)) {
                    return new Finding(Optional.of(known[1]).filter(problem -> !problem.isEmpty()), false);
                }
                Optional<String> problem = examine(tool);
                Files.createDirectories(directory);
                Files.writeString(file, build + "\n" + problem.orElse("") + "\n");
                return new Finding(problem, true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String read(Path file) throws IOException {
            try {
                return Files.readString(file);
            } catch (NoSuchFileException e) {
                return "";
            }
        }
    }
}
