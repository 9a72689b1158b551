namespace Chat.Generators.Tests;

/// <summary>Each rule for declarations: what it reports, and what it accepts.</summary>
[TestClass]
public sealed class DeclarationAnalyzerTests
{
    private const string Summary = "/// <summary>x</summary>\n";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("string x", "")]
    [DataRow("Uri x", "CHAT002 x")]
    [DataRow("Uri[] x", "CHAT002 x")]
    [DataRow("object? x", "CHAT002 x")]
    [DataRow("List<string> x", "CHAT002 x")]
    [DataRow("string? a, int b", "CHAT003 b")]
    [DataRow("[Default(\"1\")] int a, int b", "CHAT003 b")]
    [DataRow("string? a, [Option] int b", "")]
    [DataRow("[Remainder] string a, int b", "CHAT003 a")]
    [DataRow("string[] a, int[] b", "CHAT003 a")]
    [DataRow("[Remainder] string a, [Option] int b, CancellationToken c", "")]
    [DataRow("string a, [Option(\"A\")] int b", "CHAT001 b")]
    [DataRow("string a, [Option, Alias(\"á\")] int b", "CHAT001 b")]
    [DataRow("[Option, Alias(\"TAMANHO\")] int tamanho", "")]
    [DataRow("string _x", "CHAT008 _x")]
    [DataRow("[Option(\"a b\")] int x", "CHAT008 x")]
    [DataRow("[Alias(\"\")] int x", "CHAT008 x")]
    [DataRow("[Range(1, 2)] string x", "CHAT009 Range(1, 2)")]
    [DataRow("[Range(1, 2)] short x", "CHAT009 Range(1, 2)")]
    [DataRow("[Range(1, 2)] TimeSpan x", "CHAT009 Range(1, 2)")]
    [DataRow("[Range(\"1\", \"x\")] int x", "CHAT009 Range(\"1\", \"x\")")]
    [DataRow("[Range(3, 2)] double x", "CHAT009 Range(3, 2)")]
    [DataRow("[Range(\"1s\", \"7d\")] TimeSpan x", "")]
    [DataRow("[Range(2, 2)] long? x", "")]
    [DataRow("[Length(3)] int x", "CHAT009 Length(3)")]
    [DataRow("[Length(3, 2)] string x", "CHAT009 Length(3, 2)")]
    [DataRow("[Length(-1, 2)] string x", "CHAT009 Length(-1, 2)")]
    [DataRow("[Length(3)] int[] x", "")]
    [DataRow("[Choices(\"a\")] int x", "CHAT009 Choices(\"a\")")]
    [DataRow("[Choices] string x", "CHAT009 Choices")]
    [DataRow("[Choices(\"a\")] string[] x", "")]
    [DataRow("[Outranked] Room x", "CHAT009 Outranked")]
    [DataRow("[Outranked] User[] x", "")]
    [DataRow("[Flag] string x", "CHAT009 Flag")]
    [DataRow("[Flag] bool? x", "CHAT009 Flag")]
    [DataRow("[Flag] bool x = true", "CHAT009 Flag")]
    [DataRow("[Flag] bool x = false", "")]
    [DataRow("[Flag, Option] bool x", "CHAT009 Option")]
    [DataRow("[Option] int[] x", "CHAT009 Option")]
    [DataRow("[Remainder] int x", "CHAT009 Remainder")]
    [DataRow("[Remainder] string? x", "")]
    [DataRow("[Remainder, Option] string x", "CHAT009 Remainder")]
    [DataRow("[Default(\"bia\")] User x", "CHAT009 Default(\"bia\")")]
    [DataRow("[Default(\"1\")] int x = 1", "CHAT009 Default(\"1\")")]
    [DataRow("[Default(\"7 d\")] TimeSpan x", "CHAT013 Default(\"7 d\")")]
    [DataRow("[Default(\"x\")] int x", "CHAT013 Default(\"x\")")]
    [DataRow("[Default(\"c\"), Choices(\"a\")] string x", "CHAT013 Default(\"c\")")]
    [DataRow("[Default(\"chefe\")] Role x", "CHAT013 Default(\"chefe\")")]
    [DataRow("[Default(\"Moderator\")] Role x", "")]
    [DataRow("[Default(\"0\"), Range(1, 2)] int x", "")]
    [DataRow("ref int x", "CHAT010 Run")]
    public async Task AnInvalidParameterIsReported(string parameters, string expected) =>
        await CheckAsync(Snippet.Commands($"{Summary}[Command(\"um\")] public string Run({parameters}) => \"\";"), expected);

    [TestMethod]
    [DataRow("public async void Run() => await Task.Yield();", "CHAT004 Run")]
    [DataRow("public int Run() => 1;", "CHAT004 Run")]
    [DataRow("public Task<int> Run() => Task.FromResult(1);", "CHAT004 Run")]
    [DataRow("public IEnumerable<string> Run() => [];", "CHAT004 Run")]
    [DataRow("public void Run() { }", "")]
    [DataRow("private string Run() => \"\";", "CHAT010 Run")]
    [DataRow("public string Run<T>() => \"\";", "CHAT010 Run")]
    [DataRow("[RateLimit(0, 1)] public string Run() => \"\";", "CHAT012 RateLimit(0, 1)")]
    [DataRow("[RateLimit(1, perSeconds: 0)] public string Run() => \"\";", "CHAT012 RateLimit(1, perSeconds: 0)")]
    [DataRow("[Deadline(0)] public string Run() => \"\";", "CHAT012 Deadline(0)")]
    [DataRow("[Deadline(600_001)] public string Run() => \"\";", "CHAT012 Deadline(600_001)")]
    [DataRow("[RateLimit(1, 1), Deadline(600_000)] public string Run() => \"\";", "")]
    [DataRow("[Permission(\"a..b\")] public string Run() => \"\";", "CHAT008 Permission(\"a..b\")")]
    [DataRow("[Alias(\"a b\")] public string Run() => \"\";", "")]
    [DataRow("[Alias(\"/a\")] public string Run() => \"\";", "CHAT008 Command(\"um\")")]
    public async Task AnInvalidMethodIsReported(string method, string expected) =>
        await CheckAsync(Snippet.Commands($"{Summary}[Command(\"um\")] {method}"), expected);

    [TestMethod]
    [DataRow("[Command(\"um\")]", "CHAT007 Run")]
    [DataRow("/// <summary> </summary>\n[Command(\"um\")]", "CHAT007 Run")]
    [DataRow("[Command(\"um\"), Hidden]", "")]
    [DataRow("/// <summary>x</summary>\n[Command]", "CHAT008 Command")]
    [DataRow("/// <summary>x</summary>\n[Command(\"two  words\")]", "CHAT008 Command(\"two  words\")")]
    public async Task AnInvalidNameOrMissingSummaryIsReported(string head, string expected) =>
        await CheckAsync(Snippet.Commands($"{head} public string Run() => \"\";"), expected);

    [TestMethod]
    [DataRow("internal abstract class C { {0} }", "CHAT010 Run")]
    [DataRow("internal abstract class C { {0:static} }", "")]
    [DataRow("internal class C<T> { {0} }", "CHAT010 Run")]
    [DataRow("internal struct C { {0} }", "CHAT010 Run")]
    [DataRow("file class C { {0} }", "CHAT010 Run")]
    [DataRow("internal static class Outer { private class C { {0} } }", "CHAT010 Run")]
    [DataRow("internal static class Outer { internal class C { {0} } }", "")]
    [DataRow("internal struct C { {0:static} }", "")]
    [DataRow("internal interface C { {0:static} }", "")]
    [DataRow("internal interface C { {0:static virtual} }", "CHAT010 Run")]
    [DataRow("internal interface C { {0:static abstract} }", "CHAT010 Run")]
    [DataRow("[Obsolete] internal class C { {0} }", "")]
    [DataRow("[Obsolete(\"x\", true)] internal class C { {0} }", "CHAT010 Run")]
    [DataRow("[Obsolete(\"x\", true)] internal static class Outer { internal class C { {0} } }", "CHAT010 Run")]
    [DataRow("internal class C { {0:obsolete} }", "")]
    [DataRow("internal class C { {0:obsolete of banned} } [Obsolete(\"x\", true)] internal enum E { One }", "CHAT010 e")]
    [DataRow("internal class C { {0:obsolete of one} } internal enum E { [Obsolete(\"x\", true)] One }", "CHAT002 e")]
    [DataRow("internal class C { {0:banned} }", "CHAT010 Run")]
    public async Task AnInaccessibleClassIsReported(string type, string expected)
    {
        const string Method = $"{Summary}[Command(\"um\")] public string Run() => \"\";";
        await CheckAsync(
            type.Replace("{0}", Method).Replace("{0:obsolete}", Method.Replace("public", "[Obsolete] public"))
                .Replace("{0:banned}", Method.Replace("public", "[Obsolete(\"x\", true)] public"))
                .Replace("{0:obsolete of banned}", Method.Replace("public", "[Obsolete] public").Replace("()", "(E[] e)"))
                .Replace("{0:obsolete of one}", Method.Replace("()", "(E e)"))
                .Replace("{0:static}", Method.Replace("public", "public static"))
                .Replace("{0:static virtual}", Method.Replace("public", "public static virtual"))
                .Replace("{0:static abstract}", Method.Replace("public", "public static abstract").Replace("=> \"\"", "")),
            expected);
    }

    [TestMethod]
    [DataRow(
        "private sealed class F : IMessageFilter { public ValueTask<FilterVerdict> FilterAsync(Draft d, CancellationToken c) => "
        + "new(FilterVerdict.Allow); }",
        "CHAT010 F")]
    [DataRow(
        "[Filter(DeadlineMilliseconds = 6000)] internal sealed class F : IMessageFilter { public ValueTask<FilterVerdict> "
        + "FilterAsync(Draft d, CancellationToken c) => new(FilterVerdict.Allow); }",
        "CHAT012 Filter(DeadlineMilliseconds = 6000)")]
    [DataRow(
        "internal sealed class H : IEventHandler<UserLeft> { public ValueTask HandleAsync(UserLeft h, CancellationToken c) => default; "
        + "}",
        "")]
    [DataRow(
        "private sealed class S : ISuggestions { public ValueTask<IReadOnlyList<string>> SuggestAsync(CommandContext c, string t) => "
        + "new([]); }\n/// <summary>x</summary>\n[Command(\"um\")] public string Run([Suggest<S>] string x) => \"\";",
        "CHAT010 Suggest<S>")]
    [DataRow(
        "internal sealed class H<T> : IEventHandler<T> where T : ChatEvent { public ValueTask HandleAsync(T h, CancellationToken c) => "
        + "default; }",
        "CHAT010 H")]
    [DataRow(
        "internal abstract class H<T> : IEventHandler<T> where T : ChatEvent { public ValueTask HandleAsync(T h, CancellationToken c) "
        + "=> default; }",
        "")]
    [DataRow(
        "internal struct F : IMessageFilter { public ValueTask<FilterVerdict> FilterAsync(Draft d, CancellationToken c) => "
        + "new(FilterVerdict.Allow); }",
        "CHAT010 F")]
    [DataRow(
        "internal record struct H : IEventHandler<UserLeft> { public ValueTask HandleAsync(UserLeft h, CancellationToken c) => default; "
        + "}",
        "CHAT010 H")]
    [DataRow(
        "internal struct H : IHandover { public ValueTask<byte[]?> SaveAsync(CancellationToken c) => default; public ValueTask "
        + "RestoreAsync(byte[] s, CancellationToken c) => default; }",
        "CHAT010 H")]
    [DataRow("public struct P : IChatPlugin { public void Configure(IPluginBuilder p) { } }", "CHAT010 P")]
    public async Task AnInaccessibleHookIsReported(string member, string expected) => await CheckAsync(Snippet.Commands(member), expected);

    [TestMethod]
    [DataRow("public void Outer() { /// <summary>x</summary>\n[Command(\"um\")] static string Run() => \"\"; Run(); }", "CHAT010 Run")]
    [DataRow("public void Outer() { [Command(\"um\"), Hidden] void Run() { } Run(); }", "CHAT010 Run")]
    [DataRow("public Func<string> Outer() => [Command(\"um\"), Hidden] () => \"\";", "CHAT010 [Command(\"um\"), Hidden] () => \"\"")]
    [DataRow("public string Run { [Command(\"um\"), Hidden] get => \"\"; }", "CHAT010 get")]
    [DataRow("[Command(\"um\"), Hidden] public static string operator +(Commands a) => \"\";", "CHAT002 a, CHAT010 +")]
    [DataRow("public void Outer() { [Obsolete] void Run() { } Run(); }", "")]
    public async Task ACommandThatIsNotAnOrdinaryMethodIsReported(string member, string expected) =>
        await CheckAsync(Snippet.Commands(member), expected);

    private async Task CheckAsync(string source, string expected) =>
        Assert.AreEqual(expected, string.Join(", ", await Analysis.RunAsync(source, TestContext.CancellationToken)));
}
