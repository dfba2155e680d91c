package io.webwatch.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class FragmentTest {
    @Property
    void anyBytes_areCopiedWithinTheRoom(@ForAll @Size(max = 60) byte[] bytes) {
        Fragment fragment = new Fragment(bytes.clone());
        byte[] target = new byte[5 + fragment.room()]; // one byte more would not fit
        assertThat(fragment.copy(target, 5)).isEqualTo(5 + bytes.length);
        assertThat(Arrays.copyOfRange(target, 5, 5 + bytes.length)).isEqualTo(bytes);
    }
}
