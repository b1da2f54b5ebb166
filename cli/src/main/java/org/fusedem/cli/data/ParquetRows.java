package org.fusedem.cli.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.points.ElementType;

/** The rows of a Parquet file, in its order, by {@link DuckDb}. */
final class ParquetRows extends NumberRows {
    /** From here on not every whole number is a double. */
    private static final double LARGEST_EXACT = 0x1p53;

    private final DataSource source;
    private final Connection connection;
    private final Statement statement;
    private final List<Integer> types;
    /** Of each column, its place among those asked for, from 1. */
    private int[] places;
    private ResultSet rows;

    private ParquetRows(DataSource source, Header header, Connection connection, Statement statement, List<Integer> types,
            DataOptions data, ElementType type) {
        super(source.name(), header, type.largestValue(), data.missing());
        this.source = source;
        this.connection = connection;
        this.statement = statement;
        this.types = types;
    }

    static ParquetRows open(DataSource source, DataOptions data, ElementType type) throws IOException {
        Path name = source.name();
        if (source.file().toString().matches(".*[*?\\[{].*")) {
            throw CommandException.wrongUse(FileErrors.name(name) + ": rename it, for DuckDB takes * ? [ { for patterns");
        }
        try {
            Connection connection = DuckDb.connect(name);
            try {
                Statement statement = connection.createStatement();
                List<String> names = new ArrayList<>();
                List<Integer> types = new ArrayList<>();
                try (ResultSet none = statement.executeQuery("SELECT * FROM " + table(source) + " LIMIT 0")) {
                    ResultSetMetaData columns = none.getMetaData();
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        names.add(columns.getColumnName(i));
                        types.add(columns.getColumnType(i));
                    }
                }
                Header header = new Header(name, List.copyOf(names), true);
                return new ParquetRows(source, header, connection, statement, types, data, type);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw CommandException.wrongUse(DuckDb.sentence(name, e), e);
        }
    }

    private static String table(DataSource source) throws IOException {
        return "read_parquet('" + source.file().toString().replace("'", "''") + "')";
    }

    @Override
    public void select(int[] features, RowColumns others) {
        super.select(features, others);
        int[] wanted = IntStream.concat(IntStream.of(features), IntStream.of(others.indexes())).toArray();
        places = new int[header().size()];
        for (int i = 0; i < wanted.length; i++) {
            places[wanted[i]] = i + 1;
        }
        String columns = IntStream.of(wanted).mapToObj(i -> '"' + header().names().get(i).replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(", "));
        try {
            rows = statement.executeQuery("SELECT " + columns + " FROM " + table(source));
        } catch (SQLException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CommandException failed(SQLException e) {
        return CommandException.wrongUse(DuckDb.sentence(source.name(), e), e);
    }

    @Override
    boolean advance() {
        try {
            return rows.next();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    double value(int column) {
        try {
            double value = rows.getDouble(places[column]);
            if (rows.wasNull()) {
                return Double.NaN;
            }
            boolean whole = types.get(column) != Types.DOUBLE && types.get(column) != Types.FLOAT
                    && types.get(column) != Types.REAL;
            return whole && Math.abs(value) >= LARGEST_EXACT ? Math.copySign(Double.POSITIVE_INFINITY, value) : value;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    double ownWeight() {
        return 1;
    }

    @Override
    String notNumbers(int column) {
        return switch (types.get(column)) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.REAL, Types.FLOAT, Types.DOUBLE,
                    Types.DECIMAL, Types.NUMERIC -> null;
            default -> "no numbers";
        };
    }

    @Override
    public boolean weighted() {
        return others().weights() != null;
    }

    @Override
    public void close() {
        try (source) {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
