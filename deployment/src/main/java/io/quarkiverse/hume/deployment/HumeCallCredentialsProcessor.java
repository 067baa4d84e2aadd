package io.quarkiverse.hume.deployment;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import jakarta.inject.Singleton;

import io.quarkiverse.hume.runtime.rest.CallCredentials;
import io.quarkiverse.hume.runtime.rest.RestClientRecorder;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;

/** Finds the REST client calls of which the application sets the credential itself. */
class HumeCallCredentialsProcessor {

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    SyntheticBeanBuildItem callCredentials(ApplicationArchivesBuildItem archives, HumeRestClientsBuildItem clients,
            RestClientRecorder recorder) {
        CallCredentialDeclarations declarations = new CallCredentialDeclarations(HumeMisuseProcessor.index(archives));
        Set<String> authenticated = new TreeSet<>();
        clients.clients().forEach(client -> authenticated.add(client.name()));
        List<String> ambiguities = declarations.ambiguities(authenticated);
        HumeMisuseProcessor.fail("A REST client declares a credential on one of two ways to the same request", ambiguities);
        return SyntheticBeanBuildItem.configure(CallCredentials.class).scope(Singleton.class).unremovable()
                .supplier(recorder.callCredentials(declarations.declared(authenticated))).done();
    }
}
