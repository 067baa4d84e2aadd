package org.acme.decisions;

import java.io.File;
import java.util.Map;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.PartFilename;
import org.jboss.resteasy.reactive.PartType;
import org.jboss.resteasy.reactive.RestForm;

import io.quarkiverse.hume.HumeAuthenticated;

// tag::client[]
@Path("/v0/decisions")
@RegisterRestClient(configKey = "decisions")
@HumeAuthenticated // <1>
public interface AudioDecisions {

    @POST
    @Path("/file")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    Decision decide(@RestForm @PartType(MediaType.APPLICATION_JSON) Questions request,
            @RestForm @PartType("audio/wav") @PartFilename("recording.wav") File file);

    record Questions(Map<String, Question> questions) {
    }

    record Question(String type, String instructions) {
    }

    record Decision(Map<String, Answer> answers) {
    }

    record Answer(double noul) { // <2>
    }
}
// end::client[]
