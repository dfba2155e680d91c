package io.webwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.event.MouseMove.Cell;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellCodecTest {
    @Property(tries = 300)
    void cells_comeBackEqual(
            @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 65_535) Integer> positions,
            @ForAll @IntRange(max = 1 << 20) int dwell) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            cells.add(new Cell(positions.get(i), positions.get(positions.size() - 1 - i), dwell * 50L));
        }

        assertThat(decode(CellCodec.encode(cells))).isEqualTo(cells);
    }

    @Test
    void knownChain_isDecoded() {
        // column +2, row +3, 2 units; column +1, row -1, 32 units (two characters)
        assertThat(decode("EGCCDgB")).containsExactly(new Cell(2, 3, 100), new Cell(3, 2, 1600));
    }

    @Test
    void pathOfSmallSteps_takesThreeCharactersACell() {
        Random random = new Random(1);
        List<Cell> path = new ArrayList<>();
        int column = 30;
        int row = 30;
        for (int i = 0; i < 200; i++) {
            column = Math.max(0, column + random.nextInt(9) - 4);
            row = Math.max(0, row + random.nextInt(9) - 4);
            path.add(new Cell(column, row, (1 + random.nextInt(31)) * 50L));
        }

        assertThat(CellCodec.encode(path).length()).isLessThanOrEqualTo(3 * 200 + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AA", "AAg", "AAAA", "gAA", "=AA", "AA A", "DAA", "ADA", "AAggggggA", "é"})
    void brokenChain_isNull(String chain) {
        assertThat(decode(chain)).isNull();
    }

    @Test
    void moreThanTwoHundredCells_areNull() {
        assertThat(decode("AAB".repeat(200))).hasSize(200);
        assertThat(decode("AAB".repeat(201))).isNull();
    }

    private static List<Cell> decode(String chain) {
        byte[] bytes = chain.getBytes(StandardCharsets.UTF_8);
        return CellCodec.decode(bytes, 0, bytes.length);
    }
}
