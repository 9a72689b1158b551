using PublicApiGenerator;

namespace Chat.Testing.Tests;

/// <summary>Freezes the public surface, because plugin tests depend on it.</summary>
[TestClass]
public sealed class PublicApiTests
{
    [TestMethod]
    public void ThePublicSurfaceEqualsTheSnapshot()
    {
        var actual = typeof(ChatTest).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false })
            .ReplaceLineEndings("\n").TrimEnd() + "\n";
        var snapshot = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PublicApi.txt")).ReplaceLineEndings("\n");
        if (actual == snapshot) return;
        var received = Path.Combine(AppContext.BaseDirectory, "PublicApi.received.txt");
        File.WriteAllText(received, actual);
        Assert.Fail(
            $"The public surface of Chat.Testing has changed. If that is intended: cp '{received}' tests/Chat.Testing.Tests/PublicApi.txt");
    }
}
