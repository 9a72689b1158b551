using Chat.Daemon.Storage.Files;

namespace Chat.Daemon.Tests.CommandLine;

/// <summary>Invalid usage ends with status 2 and one sentence, never a stack trace.</summary>
[TestClass]
public sealed class UsageTests
{
    private static readonly Dictionary<string, string> Portuguese = new() { ["LANG"] = "pt_BR.UTF-8" };

    [TestMethod]
    [DataRow("--bogus", "Unknown argument '--bogus': see chatd --help.")]
    [DataRow("--listn 127.0.0.1:0", "Unknown argument '--listn': did you mean --listen?")]
    [DataRow("chek", "Unknown argument 'chek': did you mean check?")]
    [DataRow("dev nowhere", "nowhere is neither a project file nor a folder with exactly one project file: chatd dev PROJECT")]
    [DataRow("sdk made --Chat:Limits:Rooms=1", "Unknown argument '--Chat:Limits:Rooms': see chatd --help.")]
    [DataRow("config init --Chat:Limits:Rooms 1", "Unknown argument '--Chat:Limits:Rooms': see chatd --help.")]
    [DataRow("inspect plugin.dll --Chat:Limits:Rooms=1", "Unknown argument '--Chat:Limits:Rooms': see chatd --help.")]
    [DataRow("check now", "Unknown argument 'now': see chatd --help.")]
    [DataRow("@file", "Unknown argument '@file': see chatd --help.")]
    [DataRow("--listen", "--listen needs exactly one value: see chatd --help.")]
    [DataRow("--listen 127.0.0.1:0 --listen 127.0.0.1:0", "--listen needs exactly one value: see chatd --help.")]
    [DataRow("config", "'chatd config' needs a command: see chatd config --help.")]
    [DataRow("--Chat:Limits:Rooms", "--Chat:Limits:Rooms needs exactly one value: see chatd --help.")]
    [DataRow("--Chat:Limits:Rooms --http off", "--Chat:Limits:Rooms needs exactly one value: see chatd --help.")]
    [DataRow("--Chat:Limits:Roms=1", "There is no setting Chat:Limits:Roms (command line); did you mean Chat:Limits:Rooms?")]
    [DataRow(
        "config show --Chat:Limits:Rooms many",
        "Chat:Limits:Rooms (command line) is \"many\"; it must be a whole number from 0 to 10000000 (rooms; 0 = no limit).")]
    [DataRow("--config absent.json", "The settings file absent.json does not exist.")]
    [DataRow(
        "--listen 0.0.0.0:0",
        "Chat:Listen:Tcp is 0.0.0.0:0, so passwords and messages would cross the network unencrypted: "
            + "listen with TLS (Chat:Listen:Tls, Chat:Listen:Https), or allow it with Chat:Listen:AllowPlaintext=true.")]
    [DataRow("--Chat:Listen:Tls=127.0.0.1:0", "Chat:Listen:Tls needs a certificate: set Chat:Tls:Certificate.")]
    public async Task InvalidUsageExitsWithTwoAndOneSentence(string arguments, string sentence)
    {
        using var folder = new ScratchFolder();
        Assert.AreEqual((2, "", sentence + Environment.NewLine), await ChatdProcess.RunAsync(folder.Path, arguments.Split(' ')));
        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(folder.Path), "Nothing is created before the usage is right.");
    }

    [TestMethod]
    public async Task AnInvalidEnvironmentOrFileIsRefused()
    {
        using var folder = new ScratchFolder();
        var (status, _, error) = await ChatdProcess.RunAsync(
            folder.Path, [], new Dictionary<string, string> { ["Chat__Limits__Roms"] = "1" });
        Assert.AreEqual(
            (2, $"There is no setting Chat:Limits:Roms (environment); did you mean Chat:Limits:Rooms?{Environment.NewLine}"),
            (status, error));

        folder.Write("chatd.json", """{ "Chat": { "Limits": { "Roms": 1 } } }""");
        (status, _, error) = await ChatdProcess.RunAsync(folder.Path, []);
        Assert.AreEqual(
            (2, $"There is no setting Chat:Limits:Roms (chatd.json); did you mean Chat:Limits:Rooms?{Environment.NewLine}"),
            (status, error));

        folder.Write("chatd.json", "{");
        (status, _, error) = await ChatdProcess.RunAsync(folder.Path, []);
        Assert.AreEqual(2, status);
        StringAssert.StartsWith(error, "The settings file chatd.json is not valid JSON: ");
        Assert.HasCount(1, error.TrimEnd().Split('\n'));
    }

    [TestMethod]
    public async Task AnInvalidLogConfigurationIsRefused()
    {
        using var folder = new ScratchFolder();
        folder.Write("nlog.config", """<nlog><targets><target type="Nothing" name="x" /></targets></nlog>""");
        var (status, _, error) = await ChatdProcess.RunAsync(folder.Path, ["--listen", "127.0.0.1:0", "--http", "off"]);
        Assert.AreEqual(2, status);
        StringAssert.StartsWith(error, "Invalid log configuration nlog.config: ");
        Assert.HasCount(1, error.TrimEnd().Split('\n'));
    }

    [TestMethod]
    public async Task RepeatedArgumentsAreSafeToPrint()
    {
        using var folder = new ScratchFolder();
        var (_, _, error) = await ChatdProcess.RunAsync(folder.Path, ["\u001b[31m\u202ejoão\u2028x"]);
        Assert.AreEqual($"Unknown argument '\\u001B[31m\\u202Ejoão\\u2028x': see chatd --help.{Environment.NewLine}", error);
    }

    [TestMethod]
    public async Task HelpIsInTheLanguageOfTheLocale()
    {
        using var folder = new ScratchFolder();
        var (status, english, _) = await ChatdProcess.RunAsync(folder.Path, ["--help"], new Dictionary<string, string> { ["LANG"] = "C" });
        Assert.AreEqual(0, status);
        StringAssert.StartsWith(english, "A chat daemon.");
        string[] words =
        [
            "Usage: chatd", "check", "config", "--listen HOST:PORT", "--http", "--data DIR", "--plugins", "--config",
            "--Chat:Section:Key=value", "--version", "2 invalid usage",
        ];
        foreach (var word in words)
            StringAssert.Contains(english, word);

        (status, var portuguese, _) = await ChatdProcess.RunAsync(folder.Path, ["--help"], Portuguese);
        Assert.AreEqual(0, status);
        StringAssert.Contains(portuguese, "Uso: chatd");
        StringAssert.Contains(portuguese, "Opções:");

        (_, var part, _) = await ChatdProcess.RunAsync(folder.Path, ["config", "--help"], Portuguese);
        StringAssert.Contains(part, "Uso: chatd config");
        StringAssert.Contains(part, "init [FILE]");
    }

    [TestMethod]
    [DataRow("", true)]
    [DataRow("check", true)]
    [DataRow("config show", true)]
    [DataRow("config init", false)]
    [DataRow("account password", true)]
    [DataRow("inspect", false)]
    [DataRow("sdk", false)]
    [DataRow("dev", true)]
    public async Task HelpListsSettingsForCommandsThatAcceptThem(string command, bool isTaken)
    {
        var (status, help, _) = await ProgramInTest.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.AreEqual((0, isTaken), (status, help.Contains("--Chat:Section:Key=value", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task ErrorsAreInTheLanguageOfTheLocale()
    {
        using var folder = new ScratchFolder();
        var (status, _, error) = await ChatdProcess.RunAsync(folder.Path, ["--listn"], Portuguese);
        Assert.AreEqual((2, $"Argumento desconhecido '--listn': você quis dizer --listen?{Environment.NewLine}"), (status, error));
    }

    [TestMethod]
    [DataRow("--listn --lang pt-BR", "Argumento desconhecido '--listn': você quis dizer --listen?")]
    [DataRow("config show --lang=pt-BR --Chat:Limits:LoginSeconds=many",
        "Chat:Limits:LoginSeconds (linha de comando) está com o valor \"many\"; precisa ser um número inteiro de 1 a 3600 (segundos).")]
    [DataRow("check --lang", "--lang needs exactly one value: see chatd --help.")]
    [DataRow("--lang fr", "\"fr\" is not a supported language: use pt-BR or en.")]
    public async Task TheLangOptionChoosesTheLanguage(string arguments, string sentence)
    {
        using var folder = new ScratchFolder();
        var (status, _, error) = await ChatdProcess.RunAsync(folder.Path, arguments.Split(' '));
        Assert.AreEqual((2, sentence + Environment.NewLine), (status, error));
    }

    [TestMethod]
    public async Task HelpOfEveryCommandNamesTheLangOption()
    {
        foreach (var command in new[] { "", "check", "config", "config show", "account password", "inspect", "sdk", "dev" })
        {
            var (_, help, _) = await ProgramInTest.RunAsync(
                [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help", "--lang", "pt-BR"]);
            StringAssert.Contains(help, "--lang pt-BR|en", command);
            StringAssert.Contains(help, "Opções:", command);
        }
    }

    [TestMethod]
    public async Task AnUnusableDataFolderIsToldInTheLanguageOfTheProgram()
    {
        using var folder = new ScratchFolder();
        using var held = StateFolder.Open(folder["data"]);
        var (status, _, error) = await ChatdProcess.RunAsync(
            folder.Path, ["--lang", "pt-BR", "--listen", "127.0.0.1:0", "--http", "off"]);
        Assert.AreEqual(
            (3, $"Outro chatd usa a pasta de dados data: pare-o ou escolha outra pasta com --data.{Environment.NewLine}"), (status, error));
    }

    [TestMethod]
    public async Task TheVersionIsPrinted()
    {
        using var folder = new ScratchFolder();
        var (status, output, _) = await ChatdProcess.RunAsync(folder.Path, ["--version"]);
        Assert.AreEqual(0, status);
        StringAssert.Matches(output, new System.Text.RegularExpressions.Regex(@"^\d+\.\d+\.\d+"));
    }
}
