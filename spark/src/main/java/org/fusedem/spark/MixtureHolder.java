package org.fusedem.spark;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/** A mixture in objects that Spark sends to executors. */
final class MixtureHolder implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient GaussianMixture mixture;

    MixtureHolder(GaussianMixture mixture) {
        this.mixture = mixture;
    }

    GaussianMixture mixture() {
        return mixture;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        out.writeObject(mixture.covariance());
        out.writeObject(MixtureArrays.of(mixture));
        out.writeObject(mixture.columns().toArray(String[]::new));
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        Covariance covariance = (Covariance) in.readObject();
        double[][] arrays = (double[][]) in.readObject();
        mixture = MixtureArrays.mixture(covariance, arrays).withColumns(List.of((String[]) in.readObject()));
    }
}
