using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Chat.Cli.Configuration;
using Chat.Cli.Terminal;
using Chat.Client;

namespace Chat.Cli.Tests;

/// <summary>What the configuration file may say.</summary>
[TestClass]
public sealed partial class ConfigTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-test-");

    private string FilePath => Path.Combine(folder.FullName, "config.json");

    [TestMethod]
    [DataRow("{ \"conect\": \"a\" }", 1, "there is no setting \"conect\" here; use connect, tls,")]
    [DataRow("{\n  // mine\n  \"tls\": \"yes\"\n}", 3, "\"tls\" must be true or false.")]
    [DataRow("{ \"connect\":\n \"a b\" }", 2, "\"a b\" is not a valid address")]
    [DataRow("{ \"user\": \"-x\" }", 1, "\"-x\" is not a valid name")]
    [DataRow("{ \"password-command\": \"a\\u0000b\" }", 1, "\"password-command\" must be a text in quotes.")]
    [DataRow("{ \"aliases\": { \"w\\u001b\": \"/who\" } }", 1, "\"w\uFFFD\" cannot name an alias")]
    [DataRow("{ \"profiles\": { \"my work\": {} } }", 1, "\"my work\" cannot name a profile")]
    [DataRow("{ \"tls\": [[[[[[[[[[]]]]]]]]]] }", 1, "this is not valid JSON;")]
    [DataRow("{ \"user\": 7 }", 1, "\"user\" must be a text in quotes.")]
    [DataRow("{ \"rooms\": \"dev\" }", 1, "\"rooms\" must be a list of texts")]
    [DataRow("{ \"rooms\": [\"dev\",\n \"a b\"] }", 2, "\"a b\" is not a valid name")]
    [DataRow("{ \"lang\": \"de\" }", 1, "\"de\" is not a supported language")]
    [DataRow("{ \"notify\": \"1\" }", 1, "\"notify\" must be one of off, bell, osc9, osc777.")]
    [DataRow("{ \"levels\": { \"dev\": \"all\" } }", 1, "\"dev\" is not a conversation; use #ROOM, @USER")]
    [DataRow("{ \"levels\": { \"#dev\": \"some\" } }", 1, "\"#dev\" must be one of all, mentions, none.")]
    [DataRow("{ \"theme\": \"blue\" }", 1, "\"theme\" must be one of auto, dark, light, none.")]
    [DataRow("{ \"colors\": { \"error\": \"rot\" } }", 1, "\"rot\" is not a style;")]
    [DataRow("{ \"colors\": { \"errors\": \"red\" } }", 1, "there is no setting \"errors\" here; use head, notice,")]
    [DataRow("{ \"aliases\": { \"/w\": \"/who\" } }", 1, "\"/w\" cannot name an alias")]
    [DataRow("{ \"keys\": { \"ctrl-i\": \"clear\" } }", 1, "\"ctrl-i\" is not a key;")]
    [DataRow("{ \"keys\": { \"a\": \"clear\" } }", 1, "\"a\" is not a key;")]
    [DataRow("{ \"keys\": { \"f1\": \"clean\" } }", 1, "\"clean\" is not an action;")]
    [DataRow("{ \"keys\": { \"f1\": \"clear\",\n \"F1\": \"none\" } }", 2, "\"f1\" is given twice.")]
    [DataRow("{ \"user\": \"ana\",\n \"user\": \"bia\" }", 2, "\"user\" is given twice.")]
    [DataRow("{ \"profiles\": { \"send\": {} } }", 1, "\"send\" cannot name a profile")]
    [DataRow("{ \"profiles\": {\n \"work\": { \"profiles\": {} } } }", 2, "there is no setting \"profiles\" here;")]
    [DataRow("{ \"profiles\": { \"work\": true } }", 1, "work must be a group of settings in braces.")]
    [DataRow("[]", 1, "the file must be a group of settings in braces.")]
    [DataRow("{\n \"tls\": true\n \"user\": \"ana\"\n}", 3, "this is not valid JSON;")]
    [DataRow("{ \"user\": \"\\ud800\" }", 1, "this is not valid JSON;")]
    [DataRow("{ \"\\u001b[2J\": 1 }", 1, "there is no setting \"\uFFFD[2J\" here;")]
    [DataRow("", 1, "this is not valid JSON;")]
    public void AMistakeIsOneSentenceWithTheLine(string file, int line, string says)
    {
        var e = Assert.ThrowsExactly<ConfigException>(() => Load(file));
        Assert.StartsWith($"{FilePath}, line {line}: {says}", e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    [TestMethod]
    public void AProfileIsStrongerThanTheRest()
    {
        var config = Load("""
            {
              "connect": "a:1", "user": "ana", "notify": "off", "ca": "own.pem",
              "levels": { "*": "none", "#dev": "all" }, "aliases": { "w": "/who", "who": "/who" },
              "colors": { "error": "red", "@bia": "blue" },
              "keys": { "F2": "/mentions" },
              "profiles": {
                "work": { "connect": "b:2", "levels": { "#DEV": "mentions" }, "aliases": { "x": "/quit" }, "colors": { "@ana": "3" } },
              },
            }
            """);
        var work = config.Of("work");
        Assert.AreEqual(("b:2", "ana", NotifyBy.Off), ($"{work.Connect}", work.User, work.Notify));
        Assert.AreEqual(Path.Combine(folder.FullName, "own.pem"), work.Ca);
        var settings = work.ToSettings();
        Assert.AreEqual((NotifyLevel.Mentions, NotifyLevel.None),
            (settings.LevelOf(Conversation.Room("dev")), settings.LevelOf(Conversation.With("dev"))));
        var lines = (string[])["/w dev", "/x", "/wx", "w", "//w", "/who a", "/"];
        Assert.AreEqual("/who dev|/quit|/wx|w|//w|/who a|/", string.Join('|', lines.Select(settings.Expand)));
        Assert.AreEqual("31 34 38;5;3", $"{settings.Theme.Error} {settings.Theme.StyleOf("Bia")} {settings.Theme.StyleOf("ana")}");
        Assert.AreEqual("a:1", $"{config.Of(null).Connect}");
        Assert.AreEqual("/mentions", new KeyBindings(work.Keys).Of(new Key(ConsoleKey.F2, default, ""))[0].Command);
    }

    [TestMethod]
    [DataRow("en")]
    [DataRow("pt-BR")]
    public void TheTemplateHasEverySettingAndNoneIsInForce(string language)
    {
        Assert.AreEqual("", Given(Load(ConfigTemplate.Of(language))));
        var whole = SettingLine().Replace(ConfigTemplate.Of(language), "  ");
        var given = Given(Load(whole));
        Assert.HasCount(1, Load(whole).Profiles);
        foreach (var name in typeof(ProfileOptions).GetProperties().Select(property => property.Name)) Assert.Contains(name, given);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public void AFileThatNamesAProgramIsNotWrittenByOthers()
    {
        const string WithProgram = """{ "profiles": { "work": { "password-command": "echo hunter2" } } }""";
        var (real, texts) = (Path.Combine(folder.FullName, "dotfiles.json"), new CliTexts("en"));
        File.WriteAllText(real, WithProgram);
        File.CreateSymbolicLink(FilePath, real);
        File.SetUnixFileMode(real, (UnixFileMode)0b110_100_100);
        Assert.HasCount(1, ConfigFile.Load(FilePath, texts).Profiles);
        foreach (var mode in (UnixFileMode[])[(UnixFileMode)0b110_110_000, (UnixFileMode)0b110_000_010])
        {
            File.SetUnixFileMode(real, mode);
            var e = Assert.ThrowsExactly<ConfigException>(() => ConfigFile.Load(FilePath, texts));
            Assert.StartsWith($"{FilePath} has a password-command, but other users may write to the file.", e.Message);
        }
        File.SetUnixFileMode(real, (UnixFileMode)0b110_000_000);
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_111_101);
        var replaceable = Assert.ThrowsExactly<ConfigException>(() => ConfigFile.Load(FilePath, texts));
        Assert.EndsWith($"chmod go-w {folder.FullName}", replaceable.Message);
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b1_111_111_111); // as /tmp: nobody may replace a file of others
        Assert.HasCount(1, ConfigFile.Load(FilePath, texts).Profiles);
        File.WriteAllText(real, "{}");
        Assert.IsEmpty(ConfigFile.Load(FilePath, texts).Profiles);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void WhatIsNoConfigurationIsRefused()
    {
        Assert.Contains("longer than 64 KiB", Refused());
        File.Delete(FilePath);
        File.CreateSymbolicLink(FilePath, "/dev/zero");
        Assert.Contains("longer than 64 KiB", Refused());
        File.Delete(FilePath);
        File.CreateSymbolicLink(FilePath, Path.Combine(folder.FullName, "not-there"));
        Assert.Contains("Could not find file", Refused());
        File.Delete(FilePath);
        Directory.CreateDirectory(FilePath);
        Assert.Contains("it cannot be read. Check that it is a file", Refused());

        string Refused()
        {
            if (!Path.Exists(FilePath) && new FileInfo(FilePath).LinkTarget is null) File.WriteAllText(FilePath, new string(' ', 65_537));
            var e = Assert.ThrowsExactly<ConfigException>(() => ConfigFile.Load(FilePath, new CliTexts("en")));
            Assert.StartsWith($"Cannot use {FilePath}: ", e.Message);
            return e.Message;
        }
    }

    /// <summary>Another daemon could keep it, and for another user it is wrong.</summary>
    [TestMethod]
    [DataRow("\"theme\": \"dark\"", true)]
    [DataRow("\"connect\": \"b:2\"", false)]
    [DataRow("\"user\": \"bia\"", false)]
    public void APasswordIsForOneUserAtOneDaemon(string profile, bool isInherited)
    {
        var config = Load($$"""
            { "connect": "a:1", "user": "ana", "password-command": "pass", "profiles": { "work": { {{profile}} } } }
            """);
        Assert.AreEqual(isInherited ? "pass" : null, config.Of("work").PasswordCommand);
    }

    [TestMethod]
    [DataRow("none", "um do|is")]
    [DataRow("line-start", "|um dois")]
    [DataRow("line-end", "um dois|")]
    [DataRow("left", "um d|ois")]
    [DataRow("right", "um doi|s")]
    [DataRow("word-left", "um |dois")]
    [DataRow("word-right", "um dois|")]
    [DataRow("delete-left", "um d|is")]
    [DataRow("delete-right", "um do|s")]
    [DataRow("kill-word-left", "um |is")]
    [DataRow("kill-word-right", "um do|")]
    [DataRow("kill-to-start", "|is")]
    [DataRow("kill-to-end", "um do|")]
    [DataRow("yank", "um do<morto>|is")]
    [DataRow("transpose", "um dio|s")]
    [DataRow("undo", "|")]
    [DataRow("older-line", "antes|")]
    [DataRow("line-break", "um do\n|is")]
    [DataRow("complete", "Complete")]
    [DataRow("complete-back", "CompleteBack")]
    [DataRow("earlier", "Earlier")]
    [DataRow("numbers", "ToggleNumbers")]
    [DataRow("take-back", "Cancel")]
    [DataRow("clear", "Clear")]
    [DataRow("editor", "OpenEditor")]
    [DataRow("/who", "Bound")]
    public void AKeyDoesWhatItIsBoundTo(string action, string effect)
    {
        var (history, killed) = (new InputHistory(), new KillRing());
        history.Add("antes");
        killed.Add("<morto>", joins: false, isBefore: false);
        var editor = new LineEditor(history, killed);
        editor.Buffer.Set("um dois", 5);
        var bindings = new KeyBindings(new Dictionary<string, string> { ["ctrl-left"] = action });
        var result = EditResult.Edited;
        foreach (var key in bindings.Of(new Key(ConsoleKey.LeftArrow, ConsoleModifiers.Control, ""))) result = editor.Press(key);
        Assert.AreEqual(effect, result is EditResult.Edited ? editor.Buffer.Text.Insert(editor.Buffer.Cursor, "|") : $"{result}");
    }

    public void Dispose() => folder.Delete(recursive: true);

    private Config Load(string file)
    {
        File.WriteAllText(FilePath, file);
        return ConfigFile.Load(FilePath, new CliTexts("en"));
    }

    /// <summary>The names of the settings that it gives.</summary>
    private static string Given(Config config)
    {
        var (all, none) = (config.Defaults, new ProfileOptions());
        return string.Join(' ', typeof(ProfileOptions).GetProperties()
            .Where(property => property.GetValue(all) switch
            {
                System.Collections.ICollection several => several.Count > 0,
                OwnStyles styles => styles.Error is not null,
                var value => !Equals(value, property.GetValue(none)),
            })
            .Select(property => property.Name));
    }

    [GeneratedRegex("^  // (?=\"[a-z-]+\": )", RegexOptions.Multiline)]
    private static partial Regex SettingLine();
}
