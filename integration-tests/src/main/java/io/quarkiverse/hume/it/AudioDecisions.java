package io.quarkiverse.hume.it;

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

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkiverse.hume.HumeAuthenticated;

/** Hume's audio decisions. They are part of the cloud platform, which has its own account with an API key. */
@Path("/v0/decisions")
@RegisterRestClient(configKey = "decisions")
@HumeAuthenticated(account = "cloud")
public interface AudioDecisions {

    @POST
    @Path("/file")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    Decision decide(@RestForm @PartType(MediaType.APPLICATION_JSON) Questions request,
            @RestForm("file") @PartType("audio/wav") @PartFilename("recording.wav") File recording);

    /** The questions, each with an ID that the caller chooses. The answers have the same IDs. */
    record Questions(Map<String, Question> questions) {
    }

    record Question(String type, String instructions) {

        /** A question whose answer is yes or no. */
        static Question noul(String instructions) {
            return new Question("noul", instructions);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Decision(@JsonProperty("run_id") String runId, Map<String, Answer> answers) {
    }

    /** @param noul the probability of the answer yes, from 0 to 1 */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Answer(double noul) {
    }
}
