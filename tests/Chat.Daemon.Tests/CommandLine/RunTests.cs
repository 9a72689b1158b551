using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Chat.Daemon.Tests.Diagnostics;

namespace Chat.Daemon.Tests.CommandLine;

/// <summary>The daemon as a process: starts, stops and exit codes.</summary>
[TestClass]
public sealed class RunTests
{
    private static readonly string[] FreePorts = ["--listen", "127.0.0.1:0", "--http", "127.0.0.1:0"];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("TERM")]
    [DataRow("INT")]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task ASignalStopsItNormally(string signal)
    {
        using var folder = new ScratchFolder();
        using var chatd = ChatdProcess.Start(folder.Path, FreePorts);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, await chatd.PortAsync("tcp"), TestContext.CancellationToken);
        Assert.AreEqual((0, ""), await chatd.StopAsync(signal));
    }

    [TestMethod]
    public async Task HealthAndMetricsAreServed()
    {
        using var folder = new ScratchFolder();
        using var chatd = ChatdProcess.Start(folder.Path, FreePorts);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{await chatd.PortAsync("http")}") };

        using var health = await http.GetAsync("/health", TestContext.CancellationToken);
        Assert.AreEqual(HttpStatusCode.OK, health.StatusCode);
        Assert.AreEqual("""{"status":"ok"}""", await health.Content.ReadAsStringAsync(TestContext.CancellationToken));
        using var metrics = await http.GetAsync("/metrics", TestContext.CancellationToken);
        Assert.AreEqual("text/plain; version=0.0.4; charset=utf-8", metrics.Content.Headers.ContentType!.ToString());
        StringAssert.Contains(await metrics.Content.ReadAsStringAsync(TestContext.CancellationToken), "\nchat_messages_total 0\n");
        using var other = await http.GetAsync("/nothing", TestContext.CancellationToken);
        Assert.AreEqual(HttpStatusCode.NotFound, other.StatusCode);
        Assert.IsEmpty(other.Headers.Server);
    }

    [TestMethod]
    public async Task WithACertificateItListensWithTls()
    {
        using var folder = new ScratchFolder();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        folder.Write("cert.pem", certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        using var chatd = ChatdProcess.Start(folder.Path,
            [.. FreePorts, "--Chat:Listen:Tls=127.0.0.1:0", "--Chat:Listen:Https=127.0.0.1:0", "--Chat:Tls:Certificate", "cert.pem"]);

        Assert.AreNotEqual(0, await chatd.PortAsync("tls"));
        using var handler = new HttpClientHandler();
        handler.ServerCertificateCustomValidationCallback = (_, served, _, _) => served!.Subject == "CN=test";
        using var http = new HttpClient(handler);
        var health = new Uri($"https://127.0.0.1:{await chatd.PortAsync("https")}/health");
        Assert.AreEqual("""{"status":"ok"}""", await http.GetStringAsync(health, TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task ASecondDaemonOnTheFolderExitsWithThree()
    {
        using var folder = new ScratchFolder();
        using var first = ChatdProcess.Start(folder.Path, FreePorts);
        await first.PortAsync("tcp");
        var (status, output, error) = await ChatdProcess.RunAsync(folder.Path, FreePorts);
        Assert.AreEqual((3, ""), (status, output));
        StringAssert.StartsWith(error, "Another chatd uses the data folder data: stop it");
        Assert.AreEqual((0, ""), await first.StopAsync());
    }

    [TestMethod]
    [DataRow(false, "is missing")]
    [DataRow(true, "is empty")]
    public async Task ALogWithoutItsDatabaseExitsWithFour(bool isEmpty, string problem)
    {
        using var folder = new ScratchFolder();
        Directory.CreateDirectory(folder["data"]);
        await File.WriteAllBytesAsync(Path.Combine(folder["data"], "chat.db-wal"), new byte[4_128], TestContext.CancellationToken);
        if (isEmpty) await File.WriteAllBytesAsync(Path.Combine(folder["data"], "chat.db"), [], TestContext.CancellationToken);
        var (status, output, error) = await ChatdProcess.RunAsync(folder.Path, FreePorts);
        Assert.AreEqual((4, ""), (status, output));
        StringAssert.Contains(error, problem);
        Assert.AreEqual(4_128, new FileInfo(Path.Combine(folder["data"], "chat.db-wal")).Length, "nothing is changed");
    }

    [TestMethod]
    public async Task APortInUseExitsWithThree()
    {
        using var folder = new ScratchFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var (status, output, error) = await ChatdProcess.RunAsync(
            folder.Path, ["--listen", other.LocalEndpoint.ToString()!, "--http", "off"]);
        var expected = $"Another program uses {other.LocalEndpoint}: stop it, or choose another port (Chat:Listen:Tcp).";
        Assert.AreEqual((3, "", expected + Environment.NewLine), (status, output, error));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task ItRunsWithClosedStandardInput()
    {
        using var folder = new ScratchFolder();
        using var chatd = ChatdProcess.Start(
            folder.Path, ["-c", "exec \"$0\" \"$@\" <&-", ChatdProcess.Program, .. FreePorts], through: "/bin/sh");
        Assert.AreNotEqual(0, await chatd.PortAsync("tcp"));
        Assert.AreEqual((0, ""), await chatd.StopAsync());
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task ItRunsInTheCLocale()
    {
        using var folder = new ScratchFolder();
        using var chatd = ChatdProcess.Start(folder.Path, FreePorts, new Dictionary<string, string> { ["LANG"] = "C", ["LC_ALL"] = "C" });
        Assert.AreNotEqual(0, await chatd.PortAsync("tcp"));
        Assert.AreEqual((0, ""), await chatd.StopAsync());
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task AnUnwritableLogFolderIsAWarning()
    {
        using var folder = new ScratchFolder();
        using var data = new ScratchFolder();
        using var chatd = StartAsNobody(folder, [.. FreePorts, "--data", data.Path], data);
        Assert.AreNotEqual(0, await chatd.PortAsync("tcp"));
        var (status, error) = await chatd.StopAsync();
        Assert.AreEqual(0, status);
        StringAssert.StartsWith(
            error, "Warning: cannot write to the log folder logs (Chat:Logging:Folder), logging to standard error only: ");
        Assert.HasCount(1, error.TrimEnd().Split('\n'), error);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task AnUnwritableDataFolderExitsWithFour()
    {
        using var folder = new ScratchFolder();
        using var chatd = StartAsNobody(folder, FreePorts);
        var (status, error) = await chatd.EndAsync();
        const string expected =
            "Cannot write to data: create it, give this account write access, or use another folder (Chat:Data:Folder).\n";
        Assert.AreEqual((4, expected), (status, error));
    }

    [TestMethod]
    public async Task MissingUnicodeSupportRefusesTheStart()
    {
        using var folder = new ScratchFolder();
        var (status, _, error) = await ChatdProcess.RunAsync(
            folder.Path, FreePorts, new Dictionary<string, string> { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" });
        Assert.AreEqual(2, status);
        StringAssert.Contains(error, "install libicu");
        Assert.HasCount(1, error.TrimEnd().Split('\n'), error);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task UnreadStandardErrorDoesNotDelayTheStop()
    {
        using var folder = new ScratchFolder();
        folder.Write("chatd.json", "{}");
        // The pipe is open for reading and nobody reads it.
        const string script = """mkfifo pipe && exec 3<>pipe && exec "$0" "$@" 2>pipe""";
        using var chatd = ChatdProcess.Start(folder.Path, ["-c", script, ChatdProcess.Program, .. FreePorts], through: "/bin/sh");
        await chatd.PortAsync("tcp");
        folder.Write("chatd.json", $$"""{ "Chat": { "{{new string('x', 200_000)}}": 1 } }""");
        await LogTests.WrittenAsync(folder["logs/server.log"], "SettingsRefused");
        Assert.AreEqual((0, ""), await chatd.StopAsync());
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task ASignalStopsItWhileAPluginHangsInItsStart()
    {
        using var folder = new ScratchFolder();
        Directory.CreateDirectory(folder["logs"]);
        folder.Write("logs/server.log", "");
        Directory.CreateDirectory(folder["Plugins"]);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "fixtures", "Hanger", "Hanger.dll"), folder["Plugins/Hanger.dll"]);
        using var chatd = ChatdProcess.Start(folder.Path, FreePorts);
        // Rooms is the last plugin that the daemon ships; the dropped one starts after it.
        await LogTests.WrittenAsync(folder["logs/server.log"], "Plugin rooms");
        Assert.AreEqual((0, ""), await chatd.StopAsync());
    }

    /// <summary>Starts the daemon as an account that owns nothing, in a folder it cannot write to.</summary>
    private static ChatdProcess StartAsNobody(ScratchFolder folder, IEnumerable<string> arguments, ScratchFolder? own = null)
    {
        if (OperatingSystem.IsWindows() || Environment.UserName != "root" || !File.Exists("/usr/bin/setpriv"))
            throw new AssertInconclusiveException("Only root can become another account, with setpriv.");
        if (Environment.GetEnvironmentVariable("CHAT_TEST_COVERAGE") is not null)
            throw new AssertInconclusiveException("That account could not write the coverage of chatd either.");
        File.SetUnixFileMode(folder.Path, (UnixFileMode)Convert.ToInt32("555", 8));
        if (own is not null)
            File.SetUnixFileMode(own.Path, (UnixFileMode)Convert.ToInt32("777", 8));
        return ChatdProcess.Start(folder.Path, ["--reuid=65534", "--regid=65534", "--clear-groups", ChatdProcess.Program, .. arguments],
            new Dictionary<string, string> { ["HOME"] = "/nonexistent" }, through: "/usr/bin/setpriv");
    }
}
