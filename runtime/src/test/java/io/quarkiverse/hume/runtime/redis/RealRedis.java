package io.quarkiverse.hume.runtime.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import redis.embedded.core.ExecutableProvider;

/** A redis-server of this machine, as a process that can be stopped and paused. */
final class RealRedis {

    private final Path directory;
    private final Path executable;
    private final int port;
    private Process process;

    RealRedis() throws IOException {
        directory = Files.createTempDirectory("redis");
        executable = ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    void start() throws IOException {
        process = new ProcessBuilder(executable.toString(), "--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", "",
                "--appendonly", "no", "--dir", directory.toString()).redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile()).start();
        Awaitility.await().atMost(1, TimeUnit.MINUTES).ignoreExceptions().until(() -> command("PING").equals("+PONG"));
    }

    void stop() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** With SIGSTOP: connections stay open, and nothing answers. */
    void pause() throws Exception {
        signal("STOP");
    }

    void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    }

    /** @return the first line of the answer */
    String command(String line) throws IOException {
        try (Connection connection = connect()) {
            return connection.send(line);
        }
    }

    Connection connect() throws IOException {
        return new Connection(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Sends a command in the inline form of the Redis protocol. */
    static final class Connection implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader reader;

        private Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        String send(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            return reader.readLine();
        }

        /** What has arrived until a line that contains the text. */
        List<String> readUntil(String text) throws IOException {
            List<String> lines = new ArrayList<>();
            String line;
            do {
                line = reader.readLine();
                lines.add(line);
            } while (line != null && !line.contains(text));
            return lines;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
