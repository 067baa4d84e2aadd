package io.quarkiverse.hume.emulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** "Speaks" a text as a little melody: one tone per syllable, a gap after a word, a rest after a sentence. */
final class ToneSpeech {

    static final int SAMPLE_RATE = 48_000;

    private static final double TONE_SECONDS = 0.16;
    private static final double WORD_GAP_SECONDS = 0.05;
    private static final double SENTENCE_REST_SECONDS = 0.25;
    private static final double ATTACK_SECONDS = 0.012;
    private static final double LOUDNESS = 0.5 * Short.MAX_VALUE;
    // A pentatonic scale: any sequence of its notes is bearable.
    private static final double[] SCALE_HERTZ = { 261.63, 293.66, 329.63, 392.00, 440.00, 523.25 };
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern SYLLABLE = Pattern.compile("[^aeiouy]*[aeiouy]+", Pattern.CASE_INSENSITIVE);

    private ToneSpeech() {
    }

    static WaveAudio speak(String text) {
        return speak(text, Integer.MAX_VALUE);
    }

    /**
     * @param longest after how many samples to stop, even in the midst of the text
     * @return the same sound for the same text, at least one tone unless the text is blank or the limit too low
     */
    static WaveAudio speak(String text, int longest) {
        Melody measured = new Melody(null, longest);
        measured.sing(text);
        Melody melody = new Melody(new short[measured.position], longest);
        melody.sing(text);
        return new WaveAudio(SAMPLE_RATE, melody.samples);
    }

    /** Sung twice, first without samples to find the length. */
    private static final class Melody {

        private final short[] samples;
        private final int longest;
        private int position;

        private Melody(short[] samples, int longest) {
            this.samples = samples;
            this.longest = longest;
        }

        private void sing(String text) {
            for (Matcher word = WORD.matcher(text); word.find();) {
                boolean sung = false;
                for (Matcher syllable = SYLLABLE.matcher(word.group()); syllable.find(); sung = true) {
                    tone(syllable.group());
                }
                if (!sung) {
                    tone(word.group());
                }
                rest(samples(word.group().matches(".*[.!?:;]") ? SENTENCE_REST_SECONDS : WORD_GAP_SECONDS));
            }
        }

        private void tone(String syllable) {
            int length = samples(TONE_SECONDS);
            if (length > longest - position) {
                position = longest;
                return;
            }
            if (samples != null) {
                double radians = 2 * Math.PI * SCALE_HERTZ[Math.floorMod(syllable.hashCode(), SCALE_HERTZ.length)]
                        / SAMPLE_RATE;
                for (int i = 0; i < length; i++) {
                    double wave = Math.sin(radians * i) + 0.35 * Math.sin(2 * radians * i) + 0.15 * Math.sin(3 * radians * i);
                    samples[position + i] = (short) (LOUDNESS * envelope(i, length) * wave / 1.5);
                }
            }
            position += length;
        }

        private void rest(int length) {
            position += Math.min(length, longest - position);
        }

        /** Rises fast and dies away to silence, so that nothing clicks. */
        private static double envelope(int at, int length) {
            double attack = Math.min(1, at / (ATTACK_SECONDS * SAMPLE_RATE));
            double left = 1 - (double) at / length;
            return attack * left * left;
        }

        private static int samples(double seconds) {
            return (int) Math.round(seconds * SAMPLE_RATE);
        }
    }
}
