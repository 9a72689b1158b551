using System.Diagnostics;
using Chat.Daemon.Commands;
using Microsoft.Extensions.DependencyInjection;
using static Chat.Commands.Tests.KnownEntities;

namespace Chat.Commands.Tests;

[TestClass]
internal sealed class SuggestionTests
{
    /// <summary>Far more than the patience, far less than a source that hangs.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private Stand stand = null!;

    [TestMethod]
    [DataRow("/x ", "azul claro", "verde")]
    [DataRow("/x A", "azul claro", null)]
    [DataRow("/x --cor=az", "azul claro", null)]
    public async Task SuggestionsBeginWithTheTypedText(string line, string first, string? second)
    {
        Load(
            (_, _, _) => ["azul claro", "Verde".ToLowerInvariant()],
            b => b.Argument("o", ParameterType.Text, Of((_, _, _) => ["azul claro", "verde"]))
                .Option("cor", ParameterType.Text, Of((_, _, _) => ["azul claro", "verde"])));
        var begin = line.Contains('=') ? "--cor=" : "";
        Assert.AreEqual(
            string.Join('|', new[] { first, second }.OfType<string>().Select(s => begin + WordReader.Written(s))), await Completed(line));
    }

    [TestMethod]
    public async Task ChoicesOfTheTypeComeFirst()
    {
        Load((_, _, _) => [], b => b.Argument("dia", ParameterType.Enum<DayOfWeek>(), Of((_, _, _) => ["segunda", "sunday", "sábado"])));
        Assert.AreEqual("sunday|saturday|segunda|sábado", await Completed("/x s"));
    }

    [TestMethod]
    public async Task SourceGetsTheCallerTheRoomAndTheText()
    {
        Load((context, scope, typed) =>
        {
            scope.GetRequiredService<ScopeProbe>().Open();
            Assert.AreSame(context, scope.GetRequiredService<CommandContext>());
            return [$"{typed}-{context.Caller.Name}-{context.Room!.Name}-{context.Language}-{context.Command}"];
        });
        Assert.AreEqual("q-bia-geral-pt-BR-x", await Completed("/x q"));
        Assert.AreEqual((1, 1, 0), (stand.Scopes.Made, stand.Scopes.Disposed, stand.Owner.Held));
    }

    [TestMethod]
    public async Task UnsafeSuggestionsAreLeftOut()
    {
        Load((_, _, _) =>
            ["boa", null!, "", "a\nb", "a\u001b[2J", "a\u202Eb", "a\u2028b", new string('a', 257), "\"", "a \"b\\", "--sim", "b"]);
        Assert.AreEqual(string.Join('|', "boa", "\"\\\"\"", "\"a \\\"b\\\\\"", "\"--sim\"", "b"), await Completed("/x "));
        Load((_, _, _) => [.. Enumerable.Range(0, 10_000).Select(n => $"{n}")]);
        Assert.HasCount(CommandCompletion.Most, (await Completed("/x ")).Split('|'));
    }

    [TestMethod]
    public async Task SlowSourceIsCancelledAndAddsNothing()
    {
        var cancelled = new TaskCompletionSource();
        Load(async (context, _, _) =>
        {
            using var registration = context.Aborted.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, context.Aborted);
            return ["nunca"];
        });
        Assert.AreEqual("", await Completed("/x "));
        await cancelled.Task.WaitAsync(Soon);
        await stand.AllReturnedAsync();
        await LoggedAsync("missed their deadline");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task SourceThatHangsIsNotAskedAgain(bool blocks)
    {
        using var gate = new ManualResetEventSlim();
        var (opened, asked) = (new TaskCompletionSource(), 0);
        Load(async (_, _, _) =>
        {
            Interlocked.Increment(ref asked);
            if (blocks) gate.Wait(Soon);
            else await opened.Task;
            return ["tarde"];
        });
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 12; i++) Assert.AreEqual("", await Completed("/x "));
        Assert.IsLessThan(Soon, watch.Elapsed);
        Assert.AreEqual(8, stand.Owner.Held);

        gate.Set();
        opened.SetResult();
        await stand.AllReturnedAsync();
        Assert.AreEqual(8, Volatile.Read(ref asked)); // on a busy machine some begin late
        await LoggedAsync("missed their deadline", 8);
        Assert.AreEqual("tarde", await Completed("/x "));
    }

    [TestMethod]
    public async Task SourceThatFailsAddsNothingAndIsLogged()
    {
        SuggestionSource[] failing =
        [
            (_, _, _) => throw new InvalidOperationException("stumbled"),
            async (_, _, _) => { await Task.Yield(); throw new InvalidOperationException("stumbled"); },
            (_, _, _) => ValueTask.FromResult<IReadOnlyList<string>>(null!),
            (_, _, _) => ValueTask.FromResult<IReadOnlyList<string>>(new Broken()),
            (_, _, _) => throw new OperationCanceledException("stumbled"),
        ];
        foreach (var source in failing)
        {
            Load(source);
            Assert.AreEqual("", await Completed("/x "));
            await stand.AllReturnedAsync();
            await LoggedAsync("Suggestions failed: x of plugin test");
            Assert.AreEqual((0, stand.Scopes.Made), (stand.Owner.Held, stand.Scopes.Disposed));
        }
    }

    [TestMethod]
    public async Task CallEndsWithTheConnectionOrThePlugin()
    {
        var never = new TaskCompletionSource<IReadOnlyList<string>>();
        Load((_, _, _) => new(never.Task));
        using var gone = new CancellationTokenSource();
        gone.Cancel();
        Assert.AreEqual("", await Completed("/x ", gone.Token));
        var draining = stand.Owner.DrainAsync(TimeSpan.Zero, TimeSpan.Zero, CancellationToken.None);
        Assert.AreEqual("", await Completed("/x "));
        Assert.AreEqual(1, await draining);
        never.SetResult([]);
        await stand.AllReturnedAsync();
    }

    [TestMethod]
    public async Task SourceIsNotAskedForAForbiddenCommand()
    {
        var asked = 0;
        stand = new(Stand.Command("x").Permission("x.y", Role.Admin).Argument("o", ParameterType.Text, Of((_, _, _) => [$"{++asked}"])));
        Assert.AreEqual("", await Completed("/x "));
        Assert.AreEqual(0, asked);
    }

    private static Func<ParameterDescriptor, ParameterDescriptor> Of(Func<CommandContext, IServiceProvider, string, string[]> source) =>
        p => p with { Suggest = (context, scope, typed) => ValueTask.FromResult<IReadOnlyList<string>>(source(context, scope, typed)) };

    private void Load(
        Func<CommandContext, IServiceProvider, string, string[]> source, Func<CommandBuilder, CommandBuilder>? shape = null) =>
        stand = new(shape is null ? Stand.Command("x").Argument("o", ParameterType.Text, Of(source)) : shape(Stand.Command("x")));

    private void Load(SuggestionSource source) =>
        stand = new(Stand.Command("x").Argument("o", ParameterType.Text, p => p with { Suggest = source }));

    private async Task<string> Completed(string line, CancellationToken cancellation = default)
    {
        var completions = await stand.Completion.CompleteAsync(new(Bia, line, "pt-BR") { Room = Geral }, null, cancellation);
        return string.Join('|', completions.Entries.Select(e => e.Text));
    }

    private async Task LoggedAsync(string part, int times = 1)
    {
        using var limit = new CancellationTokenSource(Soon);
        while (stand.SuggestionLog.Lines.Count(l => l.Contains(part, StringComparison.Ordinal)) < times)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
        Assert.HasCount(times, stand.SuggestionLog.Lines);
    }

    /// <summary>A list of a plugin's own type.</summary>
    private sealed class Broken : IReadOnlyList<string>
    {
        public int Count => throw new InvalidOperationException("stumbled");

        public string this[int index] => throw new InvalidOperationException("stumbled");

        public IEnumerator<string> GetEnumerator() => throw new InvalidOperationException("stumbled");

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
