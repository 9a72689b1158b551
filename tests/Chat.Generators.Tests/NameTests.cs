namespace Chat.Generators.Tests;

/// <summary>Generated names are unique, whatever the names of the author's types.</summary>
[TestClass]
public sealed class NameTests
{
    [TestMethod]
    [DataRow("PluginEntry", "ParameterTypes")]
    [DataRow("Dice", "DICE")]
    [DataRow("A.B_.C", "A.B._C")]
    [DataRow("A_.B", "A._B")]
    [DataRow("A_B", "A.B")]
    [DataRow("A_95_B", "A_B")]
    [DataRow("@class", "class_")]
    [DataRow("Commands", "Commands_Commands")]
    [DataRow("ı", "I")]
    [DataRow("é", "É")]
    public async Task TwoClassesWithSimilarNamesBothWork(string one, string two)
    {
        using var plugin = LoadedPlugin.From(Class(one, "um") + Class(two, "dois"));
        Assert.AreSequenceEqual(["dois", "um"], plugin.Names.Order(StringComparer.Ordinal));
        foreach (var name in plugin.Names) Assert.AreEqual(name, ((CommandResult.Reply)await plugin.RunAsync(name)).Text);
    }

    [TestMethod]
    [DataRow("A.B_.C", "A.B._C")]
    [DataRow("ParameterTypes", "PluginEntry")]
    [DataRow("Equals", "EQUALS")]
    [DataRow("@enum", "enum_")]
    public void TwoParameterTypesWithSimilarNamesBothWork(string one, string two)
    {
        using var plugin = LoadedPlugin.From(
            $"{Type(one, "enum", "X")} {Type(two, "enum", "Y")} internal sealed class Commands\n{{\n/// <summary>x</summary>\n"
            + $"[Command(\"um\")] public string Run(global::{one} a, global::{two} b) => \"\"; }}");
        Assert.AreEqual("x, y", string.Join(", ", plugin["um"].Parameters.Select(p => p.Type.Choices.Single().Name)));
    }

    private static string Class(string name, string command) =>
        Type(name, "class", $"/// <summary>x</summary>\n[Command(\"{command}\")] public string Run() => \"{command}\";");

    private static string Type(string name, string kind, string body) => name.LastIndexOf('.') is > 0 and var dot
        ? $"namespace {name[..dot]} {{ public {kind} {name[(dot + 1)..]}\n{{\n{body}\n}} }}\n"
        : $"public {kind} {name}\n{{\n{body}\n}}\n";
}
