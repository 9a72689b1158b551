using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Chat.Daemon.CommandLine.Inspect;
using Chat.Daemon.Plugins.Inspection;

namespace Chat.Daemon.Tests.CommandLine;

[TestClass]
public sealed class InspectCommandTests
{
    private static readonly string Two = Path.Combine(AppContext.BaseDirectory, "fixtures", "AskerTwo", "AskerTwo.dll");

    [TestMethod]
    public async Task ItShowsWhatAPluginMayDo()
    {
        using var folder = new ScratchFolder();
        File.Copy(Two, folder["Asker.dll"]);
        Assert.AreEqual((0, $"""
            {folder["Asker.dll"]}
              id        asker
              version   2.0
              contract  level 1
              commands  /parar: permission command.parar, default role: guest
                        /perguntar /ask: permission asker.ask, default role: guest
                        and any that it registers in code at its start, which its file does not show
              requests  daemon control: stops the daemon
                        rooms: lists rooms and their users, creates, joins and leaves rooms, changes topics, invites
                        storage: stores values in the database
              hooks     filter Listener: sees each message before it is stored, and may change or reject it
                        handler Listener: receives each MessagePosted
                        and any that it registers in code at its start
              SHA-256   {HashOf(Two)}  Asker.dll
              accepted  this daemon would start it, unless another plugin has its id or the name of one of its commands

            """, ""), await ProgramInTest.RunAsync(["inspect", folder["Asker.dll"]]));
        Assert.HasCount(1, Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public async Task ADllInAFolderOfItsNameStandsForTheFolder()
    {
        using var folder = new ScratchFolder();
        Directory.CreateDirectory(folder["AskerOne"]);
        File.Copy(Two.Replace("AskerTwo", "AskerOne", StringComparison.Ordinal), folder["AskerOne/AskerOne.dll"]);
        File.Copy(Two, folder["AskerOne/Library.dll"]);
        var (status, output, _) = await ProgramInTest.RunAsync(["inspect", folder["AskerOne/AskerOne.dll"]], "pt-BR");
        Assert.AreEqual(0, status);
        Assert.StartsWith($"{folder["AskerOne"]}\n  id        asker\n  versão    1.0\n", output);
        Assert.Contains("daemon control: para o servidor\n", output); // the library requests it
        Assert.Contains($"{HashOf(Two)}  Library.dll\n", output);
        Assert.AreEqual(output, (await ProgramInTest.RunAsync(["inspect", folder["AskerOne/"]], "pt-BR")).Output);
    }

    [TestMethod]
    public async Task ARefusalIsWordedAsByTheDaemon()
    {
        using var folder = new ScratchFolder();
        var half = folder["Half.dll"];
        await File.WriteAllBytesAsync(half, (await File.ReadAllBytesAsync(Two))[..3000]);
        var (status, output, error) = await ProgramInTest.RunAsync(["inspect", half, folder["none"], Two]);
        Assert.AreEqual((2, $"{folder["none"]} does not exist.\n"), (status, error));
        Assert.Contains("  refused  Half.dll is incomplete or damaged. Copy it again.\n", output);
        Assert.Contains("  accepted  this daemon would start it", output);
    }

    [TestMethod]
    public async Task NamesInADllAreSafeToPrint()
    {
        using var folder = new ScratchFolder();
        var bytes = await File.ReadAllBytesAsync(Two);
        Replace(bytes, "asker.ask", "\u001b[2J\r.ask");
        Replace(bytes, "parar", "\u202er\n");
        Replace(bytes, "Listener", "List\u001b[0m");
        await File.WriteAllBytesAsync(folder["Asker.dll"], bytes);
        var (_, output, error) = await ProgramInTest.RunAsync(["inspect", folder["Asker.dll"]]);
        Assert.AreEqual("", error);
        Assert.Contains(@"permission \u001B[2J\u000D.ask", output);
        Assert.Contains(@"/\u202Er\u000A:", output);
        Assert.Contains(@"filter List\u001B[0m:", output);
        Assert.IsFalse(output.Any(c => c is '\u001b' or '\u202e' or '\r'));
    }

    [TestMethod]
    public async Task WithoutAPathItIsRefused()
    {
        const string expected =
            "The path of a plugin is required: chatd inspect PATH..., where each PATH is a DLL or a plugin's folder.\n";
        Assert.AreEqual((2, "", expected), await ProgramInTest.RunAsync(["inspect"]));
    }

    [TestMethod]
    public void EveryTextAndCapabilityHasAMember()
    {
        var names = typeof(InspectTexts).GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(member => member is PropertyInfo or MethodInfo { IsSpecialName: false })
            .Select(member => member.Name)
            .Concat(Capability.All.Select(c => c.Name));
        CollectionAssert.AreEqual(
            names.Order(StringComparer.Ordinal).ToList(), new InspectTexts("en").Keys.Order(StringComparer.Ordinal).ToList());
    }

    private static string HashOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    /// <summary>Replaces every occurrence. Both texts have the same length.</summary>
    private static void Replace(byte[] bytes, string text, string by)
    {
        var (old, next) = (Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(by));
        Assert.HasCount(old.Length, next);
        for (var rest = bytes.AsSpan(); rest.IndexOf(old) is >= 0 and var at; rest = rest[(at + old.Length)..]) next.CopyTo(rest[at..]);
    }
}
