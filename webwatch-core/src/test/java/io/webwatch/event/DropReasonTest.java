package io.webwatch.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.config.Property;
import io.webwatch.config.WebWatchProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DropReasonTest {
    private static final Pattern PROPERTY = Pattern.compile("webwatch\\.[a-z.-]+[a-z]");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @ParameterizedTest
    @EnumSource
    void explanation_isAClauseThatFitsIntoASentence(DropReason reason) {
        assertThat(reason.explanation()).matches("[a-z].*[a-z]").hasSizeLessThan(160);
    }

    @ParameterizedTest
    @EnumSource
    void explanation_namesOnlyPropertiesThatExist(DropReason reason) {
        List<String> known =
                WebWatchProperties.all().stream().map(Property::shownName).toList();

        assertThat(PROPERTY.matcher(reason.explanation()).results().map(MatchResult::group))
                .allSatisfy(name -> assertThat(known).contains(name));
    }

    @Test
    void operationsPage_listsEveryReasonOnce() throws IOException {
        assertThat(documented("operations.md")).containsExactlyInAnyOrderElementsOf(ids());
    }

    @Test
    void deliveryPage_listsOnlyReasonsThatExist() throws IOException {
        assertThat(documented("delivery.md"))
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .isSubsetOf(ids());
    }

    private static List<String> ids() {
        return Arrays.stream(DropReason.values()).map(DropReason::id).toList();
    }

    /** Returns the reasons in the table of a page whose first column is headed "reason". */
    private static List<String> documented(String page) throws IOException {
        return Files.readAllLines(Path.of("../docs", page)).stream()
                .dropWhile(line -> !line.toLowerCase(Locale.ROOT).startsWith("| reason |"))
                .skip(2) // the header and the line below it
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(row -> CODE.matcher(row.split("\\|")[1]).results())
                .map(match -> match.group(1))
                .toList();
    }
}
