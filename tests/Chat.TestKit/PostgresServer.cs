using System.Diagnostics;
using Npgsql;

namespace Chat.TestKit;

/// <summary>A PostgreSQL server in a temporary folder, with its socket there. It can be killed and started again.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-postgres-");
    private RunningProcess? process;

    private PostgresServer()
    {
    }

    /// <summary>The folder of its programs; null if it is not installed.</summary>
    public static string? Programs { get; } = OperatingSystem.IsLinux() && Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    private string Data => Path.Combine(folder.FullName, "data");

    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres", server.folder.FullName);
        await RunAsUserAsync("initdb", "--pgdata", server.Data, "--encoding", "UTF8", "--locale", "C.UTF-8", "--auth", "trust",
            "--username", "postgres", "--no-sync");
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync()
    {
        process = new RunningProcess(AsUser(
            "postgres", "-D", Data, "-c", "listen_addresses=", "-c", $"unix_socket_directories={folder.FullName}",
            "-c", "shared_buffers=16MB", "-c", "max_connections=200"));
        var until = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString);
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (until.Elapsed < StartLimit)
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Ends it like a power loss of the machine, except that the disk has what it was given.</summary>
    public async Task KillAsync()
    {
        var id = int.Parse((await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0], null);
        // The processes that serve connections end with their parent.
        using (var postmaster = Process.GetProcessById(id)) postmaster.Kill(entireProcessTree: true);
        await process!.DisposeAsync();
        process = null;
    }

    /// <summary>Runs a statement as the server's operator.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <returns>The connection string of an empty schema.</returns>
    public Task<string> NewSchemaAsync() => NewSchemaAsync(ConnectionString);

    /// <inheritdoc cref="NewSchemaAsync()"/>
    internal static async Task<string> NewSchemaAsync(string server)
    {
        var name = $"chat_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE SCHEMA {name}", connection);
        await create.ExecuteNonQueryAsync();
        return $"{server};Search Path={name}";
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await KillAsync();
        folder.Delete(recursive: true);
    }

    public string ConnectionString => $"Host={folder.FullName};Username=postgres;Database=postgres;Pooling=false";

    /// <summary>It refuses to run as root.</summary>
    private static ProcessStartInfo AsUser(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs!, program);
        return Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments])
            : new ProcessStartInfo(path, arguments);
    }

    private static Task RunAsUserAsync(string program, params string[] arguments) => RunAsync(AsUser(program, arguments));

    private static Task RunAsync(string program, params string[] arguments) => RunAsync(new ProcessStartInfo(program, arguments));

    private static async Task RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var running = Process.Start(start)!;
        var output = running.StandardOutput.ReadToEndAsync();
        var errors = await running.StandardError.ReadToEndAsync();
        await running.WaitForExitAsync();
        if (running.ExitCode != 0) throw new ExpectationException($"{start.FileName} failed: {errors}{await output}");
    }
}
