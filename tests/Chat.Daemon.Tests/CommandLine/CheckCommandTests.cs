using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Chat.Daemon.Diagnostics;
using Chat.TestKit;

namespace Chat.Daemon.Tests.CommandLine;

[TestClass]
public sealed class CheckCommandTests
{
    [TestMethod]
    public async Task WithoutProblemsEachCheckPrintsOk()
    {
        using var folder = new ScratchFolder();
        var (status, output, error) = await ProgramInTest.RunAsync(Arguments(folder));
        Assert.AreEqual((0, ""), (status, error));
        CollectionAssert.AreEqual(new[]
        {
            "ok Unicode (libicu)", "ok settings", "ok Chat:Listen:Tcp 127.0.0.1:0", "ok Chat:Listen:Http 127.0.0.1:0",
            $"ok Chat:Data:Folder {folder["data"]}", $"ok Chat:Logging:Folder {folder["logs"]}", "ok Chat:Plugins:Folders Plugins",
            $"ok database in {folder["data"]}",
        }, output.TrimEnd().Split('\n'));
        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(folder.Path), "A check leaves nothing behind.");
    }

    [TestMethod]
    public async Task APortInUseIsReportedWithARemedy()
    {
        using var folder = new ScratchFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var (status, output, _) = await ProgramInTest.RunAsync(Arguments(folder, "--listen", other.LocalEndpoint.ToString()!));
        Assert.AreEqual(3, status);
        StringAssert.Contains(output, $"problem Chat:Listen:Tcp {other.LocalEndpoint}: Another program uses {other.LocalEndpoint}:");
    }

    [TestMethod]
    public async Task ARunningDaemonIsReportedAsInUse()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var folder = new ScratchFolder();
        var data = Path.Combine(daemon.Folder, "data");
        string[] arguments =
            ["check", "--listen", $"127.0.0.1:{daemon.Port}", "--http", "off", "--data", data, "--Chat:Logging:Folder", folder["logs"]];
        var (status, output, _) = await ProgramInTest.RunAsync(
            arguments, databaseProblem: (_, _) => throw new InvalidOperationException("The daemon has it."));
        Assert.AreEqual(3, status);
        StringAssert.Contains(output, $"in use Chat:Data:Folder {data}: a running daemon uses this folder");
        StringAssert.Contains(output, $"in use Chat:Listen:Tcp 127.0.0.1:{daemon.Port}: ");
        StringAssert.Contains(output, $"skipped database in {data}: ");
        Assert.IsFalse(output.Contains("problem ", StringComparison.Ordinal), output);
        (status, _, _) = await ProgramInTest.RunAsync([.. arguments, "--Chat:Tls:Certificate", folder["none.pem"]]);
        Assert.AreEqual(2, status, "A problem outranks a running daemon.");
    }

    [TestMethod]
    public async Task APostgresServerThatCannotBeReachedIsReported()
    {
        using var folder = new ScratchFolder();
        var (status, output, _) = await ProgramInTest.RunAsync(
            Arguments(folder, "--Chat:Database", "Host=127.0.0.1;Port=1;Database=chat;Username=chatd;Password=s3gr3do"));
        Assert.AreEqual(ExitStatus.DatabaseUnusable, status);
        StringAssert.Contains(output, "problem PostgreSQL database 127.0.0.1/chat: Cannot use the PostgreSQL database 127.0.0.1/chat (");
        Assert.DoesNotContain("s3gr3do", output);
    }

    [TestMethod]
    public async Task APostgresServerIsConnectedTo()
    {
        using var folder = new ScratchFolder();
        var database = await TestServer.NewSchemaAsync();
        var (status, output, _) = await ProgramInTest.RunAsync(Arguments(folder, "--Chat:Database", database));
        StringAssert.Contains(output, "ok PostgreSQL database ");
        StringAssert.Contains(output, "skipped database in ");
        Assert.AreEqual(0, status, output);
    }

    [TestMethod]
    public async Task AnAddressOfAnotherMachineIsReported()
    {
        using var folder = new ScratchFolder();
        var (status, output, _) = await ProgramInTest.RunAsync(
            Arguments(folder, "--listen", "192.0.2.1:5050", "--Chat:Listen:AllowPlaintext=true"));
        Assert.AreEqual(2, status);
        StringAssert.Contains(output, "192.0.2.1:5050 is not an address of this machine");
    }

    [TestMethod]
    public async Task EachInvalidSettingIsALine()
    {
        using var folder = new ScratchFolder();
        var (status, output, error) = await ProgramInTest.RunAsync(
            Arguments(folder, "--Chat:Limits:Roms=1", "--Chat:Language=fr"), "pt-BR");
        Assert.AreEqual((2, ""), (status, error));
        Assert.HasCount(2, output.Split('\n').Where(line => line.StartsWith("problema configurações: ", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task AFileWhereAFolderShouldBeIsReported()
    {
        using var folder = new ScratchFolder();
        folder.Write("file", "");
        var (status, output, _) = await ProgramInTest.RunAsync(
        [
            "check", "--listen", "127.0.0.1:0", "--http", "off",
            "--data", folder["file"], "--Chat:Logging:Folder", folder["file/logs"], "--plugins", folder["file"],
        ]);
        Assert.AreEqual(4, status);
        Assert.HasCount(3, output.Split('\n').Where(line => line.StartsWith("problem ", StringComparison.Ordinal)));
        StringAssert.Contains(output, $"skipped database in {folder["file"]}: ");
    }

    [TestMethod]
    public async Task TheDatabaseIsCheckedOnlyWithTheDataOption()
    {
        using var folder = new ScratchFolder();
        var asked = new List<string>();
        string? Problem(string data, string language)
        {
            asked.Add(data);
            return "it is torn: restore the backup.";
        }

        string[] settings =
            ["--listen", "127.0.0.1:0", "--http", "off", $"--Chat:Data:Folder={folder["d"]}", $"--Chat:Logging:Folder={folder["l"]}"];
        var (status, _, _) = await ProgramInTest.RunAsync(["check", .. settings], databaseProblem: Problem);
        Assert.AreEqual(0, status);
        Assert.IsEmpty(asked);

        (status, var output, _) = await ProgramInTest.RunAsync(Arguments(folder), databaseProblem: Problem);
        Assert.AreEqual(4, status);
        StringAssert.Contains(output, $"problem database in {folder["data"]}: it is torn: restore the backup.");

        (status, _, _) = await ProgramInTest.RunAsync(["check", "--data", .. settings], databaseProblem: Problem);
        Assert.AreEqual(4, status);
        CollectionAssert.AreEqual(new[] { folder["data"], folder["d"] }, asked);
    }

    [TestMethod]
    [DataRow(-1, "expired on")]
    [DataRow(100, null)]
    public async Task TheCertificateIsChecked(int days, string? problem)
    {
        using var folder = new ScratchFolder();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(now.AddDays(-10), now.AddDays(days));
        folder.Write("cert.pem", certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        var (status, output, _) = await ProgramInTest.RunAsync(Arguments(folder, "--Chat:Tls:Certificate", folder["cert.pem"]));
        Assert.AreEqual(problem is null ? 0 : 2, status);
        StringAssert.Contains(output, problem ?? $"ok certificate {folder["cert.pem"]}");
    }

    private static string[] Arguments(ScratchFolder folder, params string[] more) =>
    [
        "check", .. more.Contains("--listen") ? [] : new[] { "--listen", "127.0.0.1:0" }, "--http", "127.0.0.1:0",
        "--data", folder["data"], "--Chat:Logging:Folder", folder["logs"], .. more,
    ];
}
