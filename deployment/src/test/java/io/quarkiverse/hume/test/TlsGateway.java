package io.quarkiverse.hume.test;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import io.smallrye.certs.CertificateGenerator;
import io.smallrye.certs.CertificateRequest;
import io.smallrye.certs.Format;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLOptions;

/**
 * A gateway in front of Hume that requires a client certificate: a token endpoint, a REST resource and WebSockets, over TLS
 * only. There are two independent sets of certificates, "first" and "second"; the directory {@code gateway.directory} has the
 * files of the set that the application has to use.
 */
public final class TlsGateway {

    private static final String[] FILES = { "client.crt", "client.key", "client-ca.crt" };

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final Path certificates;

    private TlsGateway(Path certificates) {
        this.certificates = certificates;
        server = vertx.createHttpServer(new HttpServerOptions().setSsl(true).setClientAuth(ClientAuth.REQUIRED)
                .setKeyCertOptions(key("first")).setTrustOptions(trust("first")));
        server.requestHandler(this::answer).webSocketHandler(this::accept);
    }

    /** Starts the gateway with the first set, and says where it is in {@code gateway.port}. */
    public static void start() {
        try {
            Path certificates = Files.createTempDirectory("hume-gateway");
            for (String set : List.of("first", "second")) {
                new CertificateGenerator(certificates, true).generate(new CertificateRequest().withName(set)
                        .withClientCertificate().withFormat(Format.PEM));
            }
            Path mounted = Files.createDirectory(certificates.resolve("mounted"));
            System.setProperty("gateway.directory", mounted.toString());
            System.setProperty("gateway.seen", "");
            mount("first");
            TlsGateway gateway = new TlsGateway(certificates);
            gateway.server.listen(0, "localhost").toCompletionStage().toCompletableFuture().join();
            System.setProperty("gateway.port", String.valueOf(gateway.server.actualPort()));
            // The test has another class loader than this server.
            HttpServer control = gateway.vertx.createHttpServer().requestHandler(request -> gateway.use(request));
            control.listen(0, "localhost").toCompletionStage().toCompletableFuture().join();
            System.setProperty("gateway.control", String.valueOf(control.actualPort()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Replaces the files that the application uses. */
    public static void mount(String set) {
        Path mounted = Path.of(System.getProperty("gateway.directory"));
        try {
            for (String file : FILES) {
                Files.copy(mounted.resolveSibling(set + "-" + file), mounted.resolve(file),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets the gateway present, and want, the other certificates from now on. */
    public static void switchTo(String set) {
        try {
            HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://localhost:"
                    + System.getProperty("gateway.control") + "/" + set)).build(), HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What came in, a line each: the path, the serial number of the client's certificate, and the credential's header. */
    public static List<String> seen() {
        return System.getProperty("gateway.seen").lines().toList();
    }

    public static void forget() {
        System.setProperty("gateway.seen", "");
    }

    /** As it appears in the {@linkplain #seen() received requests}. */
    public static String clientOf(String set) {
        Path file = Path.of(System.getProperty("gateway.directory")).resolveSibling(set + "-client.crt");
        try (InputStream certificate = Files.newInputStream(file)) {
            return ((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(certificate))
                    .getSerialNumber().toString();
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private PemKeyCertOptions key(String set) {
        return new PemKeyCertOptions().setCertPath(certificates.resolve(set + ".crt").toString())
                .setKeyPath(certificates.resolve(set + ".key").toString());
    }

    private PemTrustOptions trust(String set) {
        return new PemTrustOptions().addCertPath(certificates.resolve(set + "-server-ca.crt").toString());
    }

    private void use(HttpServerRequest request) {
        String set = request.path().substring(1);
        server.updateSSLOptions(new SSLOptions().setKeyCertOptions(key(set)).setTrustOptions(trust(set)))
                .onComplete(done -> request.response().setStatusCode(done.succeeded() ? 204 : 500).end());
    }

    private void answer(HttpServerRequest request) {
        saw(request.path(), request.sslSession(), request.getHeader("Authorization"));
        // Each request makes a connection of its own, so that it shows which certificates are in use.
        request.response().putHeader("Connection", "close").putHeader("Content-Type", "application/json")
                .end(request.path().endsWith("/token") ? "{\"access_token\":\"of-the-gateway\",\"expires_in\":1800}"
                        : "{\"configs_page\":[]}");
    }

    private void accept(ServerWebSocket socket) {
        saw(socket.path(), socket.sslSession(), socket.headers().get("Authorization") + " " + socket.query());
        socket.textMessageHandler(socket::writeTextMessage);
    }

    private static synchronized void saw(String path, SSLSession session, String credential) {
        try {
            String client = ((X509Certificate) session.getPeerCertificates()[0]).getSerialNumber().toString();
            System.setProperty("gateway.seen",
                    System.getProperty("gateway.seen") + path + " " + client + " " + credential + "\n");
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException(e);
        }
    }
}
