package org.fusedem.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A page of the documentation: what it shows between fences.
 *
 * @param text all of it
 * @param blocks in order
 */
record GuidePage(String text, List<Block> blocks) {
    private static final Pattern FENCED = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);

    /**
     * A block between fences.
     *
     * @param language what the fence says it is
     * @param content its lines
     * @param output what follows it as text, if that follows; else null
     */
    record Block(String language, String content, String output) {}

    static GuidePage read(Path file) throws IOException {
        String text = Files.readString(file);
        List<Block> found = FENCED.matcher(text).results()
                .map(fenced -> new Block(fenced.group(1), fenced.group(2), null)).toList();
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            Block next = i + 1 < found.size() ? found.get(i + 1) : null;
            boolean answered = next != null && next.language.equals("text");
            blocks.add(new Block(found.get(i).language, found.get(i).content, answered ? next.content : null));
        }
        return new GuidePage(text, List.copyOf(blocks));
    }

    /** What stands between the blocks. */
    String prose() {
        return FENCED.matcher(text).replaceAll("");
    }

    /** The contents of the blocks of one language. */
    List<String> contents(String language) {
        return blocks.stream().filter(block -> block.language.equals(language)).map(Block::content).toList();
    }
}
