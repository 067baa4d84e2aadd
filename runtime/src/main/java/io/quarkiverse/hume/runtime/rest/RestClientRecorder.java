package io.quarkiverse.hume.runtime.rest;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.annotations.Recorder;

/** Carries what the build found out about REST clients into the running application. */
@Recorder
public class RestClientRecorder {

    public void use(ClientAuthentications authentications) {
        Arc.container().instance(RestClientEquipment.class).get().use(authentications);
    }
}
