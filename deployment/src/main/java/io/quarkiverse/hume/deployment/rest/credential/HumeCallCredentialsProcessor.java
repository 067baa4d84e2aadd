package io.quarkiverse.hume.deployment.rest.credential;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.message.HumeBuildLog;
import io.quarkiverse.hume.deployment.message.Violations;
import io.quarkiverse.hume.deployment.rest.AuthenticatedClient;
import io.quarkiverse.hume.deployment.rest.HumeRestClientsBuildItem;
import io.quarkiverse.hume.runtime.rest.CallCredentials;
import io.quarkiverse.hume.runtime.rest.RestClientRecorder;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;

/** Finds the REST client calls for which the application sets the credential itself. */
class HumeCallCredentialsProcessor {

    private static final List<DotName> BODY_WRITERS = List.of(DotName.createSimple("jakarta.ws.rs.ext.WriterInterceptor"),
            DotName.createSimple("jakarta.ws.rs.ext.MessageBodyWriter"));

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    SyntheticBeanBuildItem callCredentials(ApplicationArchivesBuildItem archives, HumeRestClientsBuildItem clients,
            RestClientRecorder recorder) {
        Set<String> authenticated = new TreeSet<>();
        clients.clients().forEach(client -> authenticated.add(client.name()));
        ClientIndex index = ClientIndex.of(archives);
        CallCredentialDeclarations declarations = new CallCredentialDeclarations(index, authenticated);
        Violations.fail("Two methods of a REST client lead to the same request, and only one of them declares a credential",
                declarations.ambiguities());
        declarations.sentAsObjects()
                .forEach((client, parameters) -> HumeBuildLog.LOG.headerSentAsObject(client, String.join("; ", parameters)));
        boolean writers = bodyWriters(index.index(), clients).stream().map(CredentialCode::of)
                .anyMatch(code -> code.writesBodies() && code.headerSet() != null);
        return SyntheticBeanBuildItem.configure(CallCredentials.class).scope(Singleton.class).unremovable()
                .supplier(recorder.callCredentials(declarations.declared(writers))).done();
    }

    /** The classes that may write bodies of requests: all such classes in the index, and those that are registered by name. */
    private static Set<String> bodyWriters(IndexView index, HumeRestClientsBuildItem clients) {
        Set<String> names = new TreeSet<>();
        BODY_WRITERS.forEach(
                type -> index.getAllKnownImplementations(type).forEach(writer -> names.add(writer.name().toString())));
        for (DotName annotation : List.of(ClientIndex.REGISTER_PROVIDER, ClientIndex.REGISTER_PROVIDERS)) {
            index.getAnnotations(annotation).stream().flatMap(registration -> SecondCredentials.singles(registration).stream())
                    .forEach(registration -> names.add(registration.value().asClass().name().toString()));
        }
        new ClientProperties(ConfigProvider.getConfig(), clients.clients().stream().map(AuthenticatedClient::type).toList())
                .providers().values().forEach(names::addAll);
        return names;
    }
}
