namespace Chat.Generators.Tests;

/// <summary>Mistakes across several declarations.</summary>
[TestClass]
public sealed class AssemblyAnalyzerTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("[Command(\"tópico\")]", "[Command(\"TOPICO\")]", "CHAT001 Two")]
    [DataRow("[Command(\"um\"), Alias(\"one\")]", "[Command(\"dois\"), Alias(\"One\")]", "CHAT001 Two")]
    [DataRow("[Command(\"um\"), Alias(\"dois\")]", "[Command(\"dois\")]", "CHAT001 Two")]
    [DataRow("[Command(\"um\"), Alias(\"UM\"), Alias(\"um\", \"en\")]", "[Command(\"dois\")]", "")]
    public async Task ADuplicateNameIsReported(string one, string two, string expected) => Assert.AreEqual(expected, await RunAsync($$"""
        internal sealed class A { /// <summary>x</summary>
            {{one}} public string One() => ""; }
        internal sealed class B { /// <summary>x</summary>
            {{two}} public string Two() => ""; }
        """));

    [TestMethod]
    [DataRow(
        "public sealed class A : IChatPlugin { public void Configure(IPluginBuilder plugin) { } } internal abstract class B : "
        + "IChatPlugin { public void Configure(IPluginBuilder plugin) { } }",
        "")]
    [DataRow("public class A : IChatPlugin { public void Configure(IPluginBuilder plugin) { } } public sealed class B : A;", "CHAT011 B")]
    [DataRow("internal sealed class A : IChatPlugin { public void Configure(IPluginBuilder plugin) { } }", "CHAT011 A")]
    [DataRow("public sealed class A(int x) : IChatPlugin { public void Configure(IPluginBuilder plugin) => _ = x; }", "CHAT011 A")]
    [DataRow(
        "public sealed class A : IChatPlugin { public required int X { get; set; } public void Configure(IPluginBuilder plugin) { } }",
        "CHAT011 A")]
    [DataRow(
        "public abstract class A { public required int X; } public sealed class B : A, IChatPlugin { public void "
        + "Configure(IPluginBuilder plugin) { } }",
        "CHAT011 B")]
    [DataRow(
        "public sealed class A : IChatPlugin { [Obsolete(\"x\", true)] public A() { } public void Configure(IPluginBuilder plugin) { } "
        + "}",
        "CHAT011 A")]
    [DataRow(
        "public sealed class A : IChatPlugin { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public A() => X = 1; public "
        + "required int X { get; set; } public void Configure(IPluginBuilder plugin) { } }",
        "")]
    public async Task AnUnusableOrSecondEntryIsReported(string types, string expected)
    {
        Assert.AreEqual(expected, await RunAsync("[assembly: ChatPlugin(Id = \"x\")]\n" + types));
        Assert.AreEqual("", await RunAsync(types), "not a plugin");
    }

    [TestMethod]
    [DataRow("public required int X { get; set; }", "CHAT011 Own")]
    [DataRow("[Obsolete(\"x\", true)] public Own() { }", "CHAT011 Own")]
    [DataRow("[Obsolete] public Own() { }", "")]
    [DataRow("[System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Own() => X = 1; public required int X { get; set; }", "")]
    public async Task AnEntryWithoutUsableConstructorIsReported(string members, string expected) =>
        Assert.AreEqual(expected, await RunAsync($$"""
        public sealed class Own : IChatPlugin { {{members}} public void Configure(IPluginBuilder plugin) { } }
        internal sealed class A { /// <summary>x</summary>
            [Command("um")] public string One() => ""; }
        """));

    [TestMethod]
    public async Task TheGeneratedEntryIsNotReported() => Assert.AreEqual("", await RunAsync("""
        internal sealed class Own : IChatPlugin { public void Configure(IPluginBuilder plugin) { } }
        internal sealed class A { /// <summary>x</summary>
            [Command("um")] public string One() => ""; }
        """));

    private async Task<string> RunAsync(string source) => string.Join(", ", await Analysis.RunAsync(source, TestContext.CancellationToken));
}
