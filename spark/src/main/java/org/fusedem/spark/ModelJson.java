package org.fusedem.spark;

import org.fusedem.files.FileFormatException;
import org.fusedem.files.ModelFiles;
import org.fusedem.model.GaussianMixture;

/** Mixtures as params and files hold them. */
final class ModelJson {
    private ModelJson() {}

    static GaussianMixture parse(String json) {
        try {
            return ModelFiles.fromJson(json);
        } catch (FileFormatException e) {
            throw new IllegalArgumentException("this is no mixture: " + e.getMessage(), e);
        }
    }
}
