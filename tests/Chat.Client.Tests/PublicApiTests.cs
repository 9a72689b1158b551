using PublicApiGenerator;

namespace Chat.Client.Tests;

/// <summary>Others depend on the public API, so a change must update the snapshot.</summary>
[TestClass]
public sealed class PublicApiTests
{
    [TestMethod]
    public void MatchesTheSnapshot()
    {
        var actual = typeof(ChatClient).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false })
            .ReplaceLineEndings("\n").TrimEnd() + "\n";
        var snapshot = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PublicApi.txt")).ReplaceLineEndings("\n");
        if (actual == snapshot) return;
        var received = Path.Combine(AppContext.BaseDirectory, "PublicApi.received.txt");
        File.WriteAllText(received, actual);
        Assert.Fail($"The public API has changed. If you meant it: cp '{received}' tests/Chat.Client.Tests/PublicApi.txt");
    }
}
