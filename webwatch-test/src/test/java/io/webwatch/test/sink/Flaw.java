package io.webwatch.test.sink;

/** Faults of a sink, with the test of the kit that must find them. */
enum Flaw {
    NONE(""),
    BAD_NAME("factory_isNamedAndAcceptsItsConfiguration"),
    REFUSES_ITS_CONFIGURATION("factory_isNamedAndAcceptsItsConfiguration"),
    NOTHING_IN_FLIGHT("maxInFlight_isAtLeastOneAndConstant"),
    CHANGING_BOUND("maxInFlight_isAtLeastOneAndConstant"),
    LOSES_THE_LAST_EVENT("write_storesEveryEventOnce"),
    FAILS_ON_LARGE_BATCHES("write_storesEveryEventOnce"),
    STORES_TWICE("write_storesEveryEventOnce"),
    NEVER_ANSWERS("write_storesEveryEventOnce"),
    ANSWERS_NULL("write_storesEveryEventOnce"),
    BLOCKS_FOR_EVER("write_storesEveryEventOnce"),
    SKIPS_A_TYPE("write_ofEveryType_storesWhatTheEventSays"),
    ROUNDS_NUMBERS("write_ofEveryType_storesWhatTheEventSays"),
    TRIMS_TEXT("write_ofHostileText_storesItVerbatim"),
    CUTS_LINES("write_ofHostileText_storesItVerbatim"),
    CHOKES_ON_SURROGATES("write_ofBrokenSurrogates_losesNothing"),
    SORTS_THE_BATCH("write_leavesTheBatchAsItIs"),
    REVERSES_THE_BATCH("write_ofAsManyAsMayBeInFlight_keepsTheOrder"),
    TAKES_ONE_AT_A_TIME("write_ofAsManyAsMayBeInFlight_keepsTheOrder"),
    MIXES_WRITES_UP("write_ofAsManyAsMayBeInFlight_keepsTheOrder"),
    DOES_NOT_KNOW_A_REPETITION("repetition_ofABatch_addsNoEvent"),
    KNOWS_WHOLE_BATCHES_ONLY("repetition_ofPartOfABatch_addsNoEvent"),
    FORGETS_AT_A_RESTART("repetition_afterARestart_addsNoEvent"),
    KNOWS_ONLY_THE_POSITION("otherLog_isNotTakenForARepetition"),
    LOSES_WHAT_IS_BUFFERED("close_keepsWhatWasWrittenAndIsPrompt"),
    CLOSES_SLOWLY("close_withoutAWrite_isPrompt"),
    LEAVES_STAGES_OPEN("close_endsWhatWasBegun"),
    WRITES_AFTER_CLOSE("close_endsWhatWasBegun"),
    IS_BROKEN_BY_AN_INTERRUPT("interrupt_endsTheWriteAndLeavesTheSinkUsable"),
    REJECTS_ON_INTERRUPT("interrupt_endsTheWriteAndLeavesTheSinkUsable"),
    REJECTS_THE_WHOLE_BATCH("unacceptableEvent"),
    STOPS_AT_THE_FIRST_REJECTION("unacceptableEvent"),
    REPEATS_THE_UNACCEPTABLE("unacceptableEvent"),
    HIDES_THE_UNACCEPTABLE("unacceptableEvent"),
    GIVES_NO_REASON("unacceptableEvent"),
    COUNTS_INDICES_WRONGLY("unacceptableEvent"),
    REPORTS_WRITTEN_DURING_AN_OUTAGE("failingPeer"),
    REJECTS_DURING_AN_OUTAGE("failingPeer"),
    WAITS_FOR_EVER_FOR_A_SILENT_PEER("failingPeer"),
    OVERTAKES_AFTER_A_FAILURE("failingPeer"),
    GIVES_UP_AFTER_A_FAILURE("failingPeer"),
    WAITS_FOR_THE_PEER_TO_CLOSE("failingPeer");

    private final String test;

    Flaw(String test) {
        this.test = test;
    }

    /** Returns the name of the kit's method that finds it. */
    String test() {
        return test;
    }
}
