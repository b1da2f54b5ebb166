package org.fusedem.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    @Test
    void laysOutForPeople() throws IOException {
        StringBuilder text = new StringBuilder();
        JsonWriter json = new JsonWriter(text);
        json.beginObject();
        json.key("name").value("a \"b\" \\ \n");
        json.key("count").value(3L);
        json.key("fine").value(true);
        json.key("nothing").value(Double.NaN);
        json.key("row").values(0.1, -0.0, Double.POSITIVE_INFINITY, 1e300);
        json.key("names").values(List.of("x", "y"));
        json.key("rows");
        json.beginArray();
        json.values(1, 2);
        json.values();
        json.beginObject();
        json.endObject();
        json.endArray();
        json.key("empty");
        json.beginArray();
        json.endArray();
        json.endObject();
        assertEquals("""
                {
                  "name": "a \\"b\\" \\\\ \\n",
                  "count": 3,
                  "fine": true,
                  "nothing": null,
                  "row": [0.1, -0.0, null, 1.0E300],
                  "names": ["x", "y"],
                  "rows": [
                    [1.0, 2.0],
                    [],
                    {}
                  ],
                  "empty": []
                }
                """, text.toString());
    }

    @Test
    void writesAnyTextSoThatItReadsBack() throws IOException, JsonException {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            all.append(c);
        }
        StringBuilder text = new StringBuilder();
        JsonWriter json = new JsonWriter(text);
        json.beginArray();
        json.value(all.toString());
        json.endArray();
        JsonValue read = JsonReader.read(text.toString().getBytes(StandardCharsets.UTF_8));
        JsonValue.Items items = (JsonValue.Items) read;
        assertEquals(all.toString(), ((JsonValue.Text) items.values().getFirst()).value());
    }

    @Test
    void refusesToWriteNowhere() {
        assertEquals("out", assertThrows(NullPointerException.class, () -> new JsonWriter(null)).getMessage());
    }
}
