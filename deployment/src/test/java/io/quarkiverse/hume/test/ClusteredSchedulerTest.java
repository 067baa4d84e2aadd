package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.test.QuarkusUnitTest;

/**
 * With Quartz and a job store in a database that a cluster shares, the store contains the jobs of the application but not that
 * of the extension: each process renews its own tokens.
 */
class ClusteredSchedulerTest {

    /** The tables of Quartz 2; the script that comes with it cannot be run for a second connection. */
    private static final String TABLES = """
            CREATE TABLE IF NOT EXISTS QRTZ_CALENDARS (SCHED_NAME VARCHAR(120), CALENDAR_NAME VARCHAR(200), CALENDAR BLOB);
            CREATE TABLE IF NOT EXISTS QRTZ_CRON_TRIGGERS (SCHED_NAME VARCHAR(120), TRIGGER_NAME VARCHAR(200),
              TRIGGER_GROUP VARCHAR(200), CRON_EXPRESSION VARCHAR(120), TIME_ZONE_ID VARCHAR(80));
            CREATE TABLE IF NOT EXISTS QRTZ_FIRED_TRIGGERS (SCHED_NAME VARCHAR(120), ENTRY_ID VARCHAR(140),
              TRIGGER_NAME VARCHAR(200), TRIGGER_GROUP VARCHAR(200), INSTANCE_NAME VARCHAR(200), FIRED_TIME BIGINT,
              SCHED_TIME BIGINT, PRIORITY INTEGER, STATE VARCHAR(16), JOB_NAME VARCHAR(200), JOB_GROUP VARCHAR(200),
              IS_NONCONCURRENT BOOLEAN, REQUESTS_RECOVERY BOOLEAN);
            CREATE TABLE IF NOT EXISTS QRTZ_PAUSED_TRIGGER_GRPS (SCHED_NAME VARCHAR(120), TRIGGER_GROUP VARCHAR(200));
            CREATE TABLE IF NOT EXISTS QRTZ_SCHEDULER_STATE (SCHED_NAME VARCHAR(120), INSTANCE_NAME VARCHAR(200),
              LAST_CHECKIN_TIME BIGINT, CHECKIN_INTERVAL BIGINT);
            CREATE TABLE IF NOT EXISTS QRTZ_LOCKS (SCHED_NAME VARCHAR(120), LOCK_NAME VARCHAR(40),
              PRIMARY KEY (SCHED_NAME, LOCK_NAME));
            CREATE TABLE IF NOT EXISTS QRTZ_JOB_DETAILS (SCHED_NAME VARCHAR(120), JOB_NAME VARCHAR(200),
              JOB_GROUP VARCHAR(200), DESCRIPTION VARCHAR(250), JOB_CLASS_NAME VARCHAR(250), IS_DURABLE BOOLEAN,
              IS_NONCONCURRENT BOOLEAN, IS_UPDATE_DATA BOOLEAN, REQUESTS_RECOVERY BOOLEAN, JOB_DATA BLOB);
            CREATE TABLE IF NOT EXISTS QRTZ_SIMPLE_TRIGGERS (SCHED_NAME VARCHAR(120), TRIGGER_NAME VARCHAR(200),
              TRIGGER_GROUP VARCHAR(200), REPEAT_COUNT BIGINT, REPEAT_INTERVAL BIGINT, TIMES_TRIGGERED BIGINT);
            CREATE TABLE IF NOT EXISTS QRTZ_SIMPROP_TRIGGERS (SCHED_NAME VARCHAR(120), TRIGGER_NAME VARCHAR(200),
              TRIGGER_GROUP VARCHAR(200), STR_PROP_1 VARCHAR(512), STR_PROP_2 VARCHAR(512), STR_PROP_3 VARCHAR(512),
              INT_PROP_1 INTEGER, INT_PROP_2 INTEGER, LONG_PROP_1 BIGINT, LONG_PROP_2 BIGINT, DEC_PROP_1 NUMERIC(13, 4),
              DEC_PROP_2 NUMERIC(13, 4), BOOL_PROP_1 BOOLEAN, BOOL_PROP_2 BOOLEAN);
            CREATE TABLE IF NOT EXISTS QRTZ_BLOB_TRIGGERS (SCHED_NAME VARCHAR(120), TRIGGER_NAME VARCHAR(200),
              TRIGGER_GROUP VARCHAR(200), BLOB_DATA BLOB);
            CREATE TABLE IF NOT EXISTS QRTZ_TRIGGERS (SCHED_NAME VARCHAR(120), TRIGGER_NAME VARCHAR(200),
              TRIGGER_GROUP VARCHAR(200), JOB_NAME VARCHAR(200), JOB_GROUP VARCHAR(200), DESCRIPTION VARCHAR(250),
              NEXT_FIRE_TIME BIGINT, PREV_FIRE_TIME BIGINT, PRIORITY INTEGER, TRIGGER_STATE VARCHAR(16),
              TRIGGER_TYPE VARCHAR(8), START_TIME BIGINT, END_TIME BIGINT, CALENDAR_NAME VARCHAR(200),
              MISFIRE_INSTR SMALLINT, JOB_DATA BLOB);
            """;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.QUARTZ, ForcedExtensions.AGROAL,
                    ForcedExtensions.H2))
            .withApplicationRoot(jar -> jar.addClasses(ForcedExtensions.class, ObservedHume.class, Job.class))
            .setBeforeAllCustomizer(() -> {
                ObservedHume.start();
                ObservedHume.answer("short-lived");
                System.setProperty("tables.script", script());
            })
            .overrideConfigKey("hume.api-key", ObservedHume.API_KEY)
            .overrideConfigKey("hume.secret-key", ObservedHume.SECRET_KEY)
            .overrideConfigKey("hume.base-url", "${observed.url}")
            .overrideConfigKey("quarkus.datasource.db-kind", "h2")
            .overrideConfigKey("quarkus.datasource.jdbc.url", "jdbc:h2:mem:jobs;DB_CLOSE_DELAY=-1;"
                    + "INIT=RUNSCRIPT FROM '${tables.script}'")
            .overrideConfigKey("quarkus.quartz.store-type", "jdbc-cmt")
            .overrideConfigKey("quarkus.quartz.clustered", "true")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.hume"))
            .assertLogRecords(records -> assertThat(records.stream()
                    .map(record -> new PatternFormatter("%m").format(ExtLogRecord.wrap(record)))
                    .filter(line -> line.contains("HUME0021"))).singleElement().asString()
                    .contains("because with quarkus-quartz, jobs may be kept in a store that other instances share"));

    private static String script() {
        try {
            Path script = Files.writeString(Files.createTempFile("quartz", ".sql"), TABLES);
            script.toFile().deleteOnExit();
            return script.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static class Job {
        @Scheduled(identity = "job-of-the-application", every = "1s")
        void run() {
        }
    }

    @Inject
    DataSource database;

    @Test
    void tokens_areRenewedAndTheStoreHasTheApplicationsJobOnly() throws SQLException {
        await().until(() -> ObservedHume.tokenRequests() >= 3);
        assertThat(jobs()).isNotEmpty().allMatch(job -> job.contains("job-of-the-application"));
    }

    private List<String> jobs() throws SQLException {
        List<String> jobs = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT JOB_NAME FROM QRTZ_JOB_DETAILS")) {
            while (rows.next()) {
                jobs.add(rows.getString(1));
            }
        }
        return jobs;
    }
}
