using Chat.Protocol;

namespace Chat.Cli.Tests;

/// <summary>Where the secrets of a line are, by the daemon's list of commands.</summary>
[TestClass]
public sealed class CommandLineTests
{
    private static readonly ParameterEntry Name = new("nome", "text", "argument", true);
    private static readonly ParameterEntry Secret = new("senha", "text", "remainder", true, Secret: true);

    private static readonly CommandEntry[] Commands =
    [
        new("conta criar", ["account create"], "", "",
            [Name, Secret, new("papel", "choice", "option", false, Aliases: ["role"]), new("já", "boolean", "flag", false)]),
        new("conta", [], "", "", [Name]),
        new("senha", ["password"], "", "",
            [new("atual", "text", "argument", true, Secret: true), new("nova", "text", "remainder", true, Secret: true)]),
        new("chave", [], "", "", [new("chave", "text", "option", false, Secret: true), Name]),
        new("nota", [], "", "", [Name, new("nota", "text", "argument", false), Secret]),
        new("meio", [], "", "", [Name, new("senha", "text", "argument", true, Secret: true), new("lugar", "text", "argument", true)]),
        new("talvez", [], "", "", [Name, Secret with { Required = false }]),
    ];

    [TestMethod]
    [DataRow("/conta criar bia", "senha")]
    [DataRow("/conta criar bia ", "senha")]
    [DataRow("/CONTA   Criár \"bia\"", "senha")]
    [DataRow("/account create bia", "senha")]
    [DataRow("/conta criar bia --papel moderador", "senha")]
    [DataRow("/conta criar --papel=\"moderador\" bia", "senha")]
    [DataRow("/conta criar --ja bia", "senha")]
    [DataRow("/conta criar -- bia", "senha")]
    [DataRow("/senha", "atual nova")]
    [DataRow("/conta criar", "", DisplayName = "the name is missing too")]
    [DataRow("/conta criar \"bia", "", DisplayName = "an open quote")]
    [DataRow("/conta criar bia --papel", "", DisplayName = "an option without its value")]
    [DataRow("/conta criar bia --Role moderador", "senha")]
    [DataRow("/conta criar bia --agora moderador", "", DisplayName = "an unknown option")]
    [DataRow("/conta bia", "")]
    [DataRow("/nota bia", "", DisplayName = "the next value would be the note")]
    [DataRow("/nota bia x", "senha")]
    [DataRow("/meio bia", "", DisplayName = "more is missing than the secret")]
    [DataRow("/talvez bia", "")]
    [DataRow("/outro bia", "")]
    [DataRow("/", "")]
    public void RequiredSecretsAreMissing(string line, string missing)
    {
        var command = CommandLine.Read(line, Commands);
        Assert.AreEqual(missing, string.Join(' ', command.Missing.Select(p => p.Name)));
    }

    [TestMethod]
    [DataRow("/conta criar bia xyz", "/conta criar bia", "/conta criar bia ***")]
    [DataRow("/conta criar bia \"x y\" moderador", "/conta criar bia", "/conta criar bia ***")]
    [DataRow("/conta criar bia --papel moderador xyz", "/conta criar bia --papel moderador", "/conta criar bia --papel moderador ***")]
    [DataRow("/conta criar bia xyz --papel moderador", "/conta criar bia", "/conta criar bia ***")]
    [DataRow("/conta criar bia \"xyz", "/conta criar bia", "/conta criar bia ***")]
    [DataRow("/conta criar bia --role moderador xyz", "/conta criar bia --role moderador", "/conta criar bia --role moderador ***")]
    [DataRow("/conta criar --agora bia xyz", "/conta criar --agora", "/conta criar --agora ***", DisplayName = "after an unknown option")]
    [DataRow("/conta criar bia -- --xyz", "/conta criar bia --", "/conta criar bia -- ***")]
    [DataRow("/conta criar bia --xyz", "/conta criar bia", "/conta criar bia ***", DisplayName = "an unknown option or a password")]
    [DataRow("/senha velha nova", "/senha", "/senha ***")]
    [DataRow("/PASSWORD velha", "/PASSWORD", "/PASSWORD ***")]
    [DataRow("/chave --chave=xyz bia", "/chave --chave=", "/chave --chave=***")]
    [DataRow("/chave --CHAVE xyz bia", "/chave --CHAVE", "/chave --CHAVE ***")]
    [DataRow("/meio bia xyz casa", "/meio bia", "/meio bia ***")]
    [DataRow("/talvez bia xyz", "/talvez bia", "/talvez bia ***")]
    public void GivenSecretsAreHidden(string line, string kept, string shown)
    {
        var command = CommandLine.Read(line, Commands);
        Assert.AreEqual((kept, shown), (command.Kept, command.Shown));
    }

    [TestMethod]
    public void WithoutTheListOnlyTheFirstWordIsShown()
    {
        var command = CommandLine.Read("/senha velha nova", null);
        Assert.AreEqual(("/senha", "/senha ***", 0), (command.Kept, command.Shown, command.Missing.Count));
        Assert.AreEqual(("/salas", "/salas"), (CommandLine.Read("/salas", null).Kept, CommandLine.Read("/salas", null).Shown));
    }

    [TestMethod]
    public void SecretsAreAppendedInQuotes()
    {
        var command = CommandLine.Read("/senha ", Commands);
        Assert.AreEqual("/senha \"a \\\"b\\\" \\\\c\" \"--x\"", command.With(["a \"b\" \\c", "--x"]));
        Assert.AreEqual("/senha ***", command.Shown);
    }
}
