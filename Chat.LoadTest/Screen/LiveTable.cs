using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Coordination;
using Chat.LoadTest.Reports;
using Spectre.Console;

namespace Chat.LoadTest.Screen;

/// <summary>On a terminal: progress, rates, latencies of each scenario, and what daemon and load test use.</summary>
internal sealed class LiveTable : LiveScreen
{
    private const int MostCells = 30, LeastCells = 5;

    /// <summary>Cells of the widest line without its bar.</summary>
    private const int Beside = 26;

    private readonly UsageSampler sampler;
    private readonly LoadOptions options;
    private readonly IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private Task showing = Task.CompletedTask;
    private LiveDisplayContext? live;

    public LiveTable(Gathering gathering, UsageSampler sampler, LoadOptions options, LoadTexts texts, TimeProvider time)
        : base(gathering, texts, time) => (this.sampler, this.options) = (sampler, options);

    public override void Say(string text) => console.WriteLine(OneLine.Of(text));

    public override IAsyncDisposable Start()
    {
        showing = console.Live(new Text("")).AutoClear(true).StartAsync(context =>
        {
            lock (gate) live = context;
            return over.Task;
        });
        return new Showing(base.Start(), this);
    }

    protected override void Show(double seconds, LiveFigures now, long perSecond)
    {
        var whole = options.Warmup + options.Seconds;
        var done = Math.Clamp(seconds / whole, 0, 1);
        var cells = Math.Clamp(console.Profile.Width - Beside, LeastCells, MostCells);
        var bar = new string('█', (int)(done * cells)).PadRight(cells, '░');
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("").AddColumn("");
        table.AddRow(new Text(bar), new Text($"{seconds:0} / {whole:0} s"));
        table.AddRow(new Text(Texts.LabelUsers), new Text($"{now.Users:N0}"));
        table.AddRow(new Text(Texts.LabelSent), new Text($"{now.Sent:N0}"));
        table.AddRow(new Text(Texts.LabelDelivered), new Text($"{now.Delivered:N0}  ({perSecond:N0}/s)"));
        table.AddRow(new Text(Texts.LabelRefusals), new Text($"{now.Refused:N0}", new Style(now.Refused > 0 ? Color.Red : Color.Default)));
        for (var i = 0; i < now.Newest.Count; i++) AddLatency(table, options.Scenarios[i].Label, now.Newest[i]);
        if (sampler.Newest is { } usage) AddUsage(table, usage);
        lock (gate)
        {
            live?.UpdateTarget(table);
            live?.Refresh();
        }
    }

    private void AddLatency(Table table, string name, SeriesPoint? point)
    {
        if (point is null || LiveFigures.MainOf(point.Latencies.Keys) is not { } metric) return;
        var latency = point.Latencies[metric];
        table.AddRow(
            new Text(options.Scenarios.Count > 1 ? $"{OneLine.Of(name)} {Texts.Of(metric)}" : Texts.Of(metric)),
            new Text($"p50 {latency.P50:0.00}  p99 {latency.P99:0.00}  max {latency.Max:0.00} ms"));
    }

    private void AddUsage(Table table, UsagePoint usage)
    {
        if (usage.DaemonCpu is { } cpu) table.AddRow(new Text(Texts.LabelDaemon), new Text($"{cpu:0} % CPU  {usage.DaemonMemory:0} MiB"));
        table.AddRow(new Text(Texts.LabelTester), new Text($"{usage.TesterCpu:0} % CPU  {usage.TesterMemory:0} MiB"));
    }

    /// <summary>Ends the updates, then the display, which restores the terminal.</summary>
    private sealed class Showing(IAsyncDisposable updates, LiveTable table) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await updates.DisposeAsync();
            lock (table.gate) table.live = null;
            table.over.TrySetResult();
            await table.showing;
        }
    }
}
