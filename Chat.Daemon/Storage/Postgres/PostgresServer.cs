using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Chat.Daemon.Configuration;
using Npgsql;

namespace Chat.Daemon.Storage.Postgres;

/// <summary>Opens connections to the database that a connection string names. Safe from any thread.</summary>
internal sealed class PostgresServer : IDisposable
{
    private const string Setting = "Chat:Database";

    /// <summary>At most: a server that hangs must not hold everybody for longer.</summary>
    private const int ConnectSeconds = 5, CommandSeconds = 10;

    /// <summary>More than the statements that the daemon has.</summary>
    private const int PreparedStatements = 300;

    /// <summary>A server that has lost its client must notice: until then it keeps the lock of the connection that writes.</summary>
    private const string WatchClient = """
        SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3; SET tcp_user_timeout = 10000
        """;

    private readonly NpgsqlDataSource source;
    private readonly Durability durability;

    /// <param name="applicationName">What the server calls the connections; null for the name that the string gives them.</param>
    /// <param name="commandSeconds">How long connecting and each statement may take, at most.</param>
    /// <exception cref="DatabaseUnusableException">It is no connection string.</exception>
    public PostgresServer(
        string connectionString, Durability durability, string? applicationName = null, int commandSeconds = CommandSeconds)
    {
        this.durability = durability;
        try
        {
            var given = Parse(connectionString);
            given.ApplicationName = applicationName ?? given.ApplicationName;
            given.Timeout = Math.Min(given.Timeout, commandSeconds);
            given.CommandTimeout = Math.Min(given.CommandTimeout, commandSeconds);
            Place = $"{given.Host}/{given.Database ?? given.Username}";
            source = NpgsqlDataSource.Create(given);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or NotSupportedException)
        {
            // Part of a password may have been taken for a keyword, so that no message of Npgsql may be shown.
            throw new DatabaseUnusableException(e is ArgumentException { ParamName: { } name } && IsKeyword(name)
                ? texts => texts.WrongConnectionSetting(Setting, name)
                : texts => texts.NoConnectionString(Setting));
        }
    }

    /// <summary>Names it, without what is secret.</summary>
    public string Place { get; } = "";

    /// <summary>A connection to write with.</summary>
    /// <exception cref="NpgsqlException">The server cannot be reached.</exception>
    /// <exception cref="ServerUnfitException">Its settings break a promise of the daemon.</exception>
    public NpgsqlConnection Open() => Open(connection =>
    {
        Sql.Execute(connection, WatchClient);
        Check(connection);
        // The session keeps it, whatever the server's configuration becomes.
        Sql.Number(connection, "SELECT length(set_config('synchronous_commit', current_setting('synchronous_commit'), false))");
    });

    /// <inheritdoc cref="Open()"/>
    public NpgsqlConnection OpenReader() => Open(connection =>
    {
        RefuseStandby(connection);
        Sql.Execute(connection, "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
    });

    /// <summary>Connects once.</summary>
    /// <returns>Why the daemon cannot use it; null if it can.</returns>
    public StorageUnusableException? Problem()
    {
        try
        {
            using var connection = Open();
            return null;
        }
        catch (Exception e) when (Explain(e) is not null)
        {
            return Explain(e);
        }
    }

    /// <summary>Whether a crash of the server loses what it has committed last.</summary>
    public static bool IsLazy(NpgsqlConnection connection) => ValueOf(connection, "synchronous_commit") == "off";

    /// <summary>What to tell the operator; null for a failure that is not the server's.</summary>
    public StorageUnusableException? Explain(Exception failure) => failure switch
    {
        StorageUnusableException known => known,
        ServerUnfitException unfit => unfit.Explained,
        NpgsqlException => new DatabaseUnusableException(texts => texts.ServerUnusable(Place, failure.Message.TrimEnd('.')), failure),
        { InnerException: { } inner } => Explain(inner),
        _ => null,
    };

    public void Dispose() => source.Dispose();

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        ArgumentException.ThrowIfNullOrWhiteSpace(given.Host, nameof(given.Host));
        // Not pooled: closing a connection must end its transaction and give up its lock.
        (given.Pooling, given.Multiplexing, given.Enlist) = (false, false, false);
        (given.MaxAutoPrepare, given.AutoPrepareMinUsages) = (PreparedStatements, 2);
        (given.Timeout, given.CommandTimeout) = (AtMost(ConnectSeconds, given.Timeout), AtMost(CommandSeconds, given.CommandTimeout));
        // A commit that took too long is not waited for on the same connection: it would count as done before its replicas have it.
        given.CancellationTimeout = -1;
        (given.PersistSecurityInfo, given.IncludeErrorDetail) = (false, false); // the log shows neither passwords nor texts of users
        given.TargetSessionAttributes = given.Host!.Contains(',', StringComparison.Ordinal) ? "primary" : null;
        if (string.IsNullOrEmpty(given.ApplicationName)) given.ApplicationName = "chatd";
        return given;
    }

    /// <param name="given">0 is no limit.</param>
    private static int AtMost(int seconds, int given) => given == 0 ? seconds : Math.Min(given, seconds);

    private static bool IsKeyword(string name)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder().ContainsKey(name);
        }
        catch (Exception e) when (e is KeyNotFoundException or ArgumentException)
        {
            return false;
        }
    }

    private NpgsqlConnection Open(Action<NpgsqlConnection> prepare)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = source.OpenConnection();
            prepare(connection);
            return connection;
        }
        catch (Exception e)
        {
            connection?.Dispose();
            // As Npgsql says it of any other failure of the network: it may be over soon.
            if (e is SocketException or IOException or TimeoutException or AuthenticationException or CryptographicException
                or UnauthorizedAccessException)
            {
                throw new NpgsqlException(e.Message, e);
            }
            throw;
        }
    }

    private void Check(NpgsqlConnection connection)
    {
        RefuseStandby(connection);
        if (ValueOf(connection, "server_encoding") != "UTF8") throw new ServerUnfitException(texts => texts.WrongEncoding(Place));
        if (durability != Durability.Full) return;
        if (IsLazy(connection)) throw NotDurable("synchronous_commit");
        foreach (var setting in (string[])["fsync", "full_page_writes"])
            if (ValueOf(connection, setting) == "off") throw NotDurable(setting);
    }

    /// <summary>It lags behind, so that what was read there would be old.</summary>
    private void RefuseStandby(NpgsqlConnection connection)
    {
        if (Sql.Number(connection, "SELECT pg_is_in_recovery()") != 0) throw new ServerUnfitException(texts => texts.IsStandby(Place));
    }

    private static string ValueOf(NpgsqlConnection connection, string name) =>
        Sql.Rows(connection, "SELECT current_setting($name)", row => row.Text(0), ("$name", name)).Single();

    private ServerUnfitException NotDurable(string setting) => new(texts => texts.NotDurable(Place, setting));
}
