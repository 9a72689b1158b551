using System.Text.Json.Nodes;

namespace Chat.Daemon.Commands;

/// <summary>Describes each stage that a line would go through, without side effects: nothing is run, counted or confirmed.</summary>
internal sealed class CommandExplainer(CommandRegistry commandRegistry, CommandChecks checks, ArgumentReader reader)
{
    public async ValueTask<CommandResult> ExplainAsync(CommandContext context, string line)
    {
        if (!line.StartsWith('/')) line = "/" + line;
        var call = new CommandCall.Line(context.Caller, line, context.Language) { Room = context.Room, Recipient = context.Recipient };
        var run = new Invocation(call, startedAt: 0);
        var snapshot = commandRegistry.Current;
        if (snapshot.Catalogue.FindIn(line, out var argumentsAt) is not { } entry)
        {
            var unknown = CommandChecks.NotFound(run, snapshot, argumentsAt);
            return CommandResult.Refuse(unknown.Code, unknown.Detail!);
        }
        run.Found(snapshot, entry, argumentsAt, lease: null);
        var permission = Permission(run);
        // Like help, this hides the usage of a command that the caller may not run.
        if (permission.Refusal is not null) return ResultOf(run, "/" + run.Shown, [permission]);
        var arguments = await ArgumentsAsync(run, context.Aborted);
        return ResultOf(run, UsageText.Of(entry, run.Texts), [permission, .. Policies(run), .. arguments, .. Others(run)]);
    }

    private static ExplainedStage Permission(Invocation run)
    {
        var lowest = run.Snapshot.Permissions.LowestOf(run.Entry!.Permission, run.Call.Room?.Id);
        var text = run.Texts.StagePermission(run.Entry.Permission, lowest, run.Call.Caller.Role);
        return new("permission", CommandChecks.Permission(run), text);
    }

    private IEnumerable<ExplainedStage> Policies(Invocation run)
    {
        var (texts, policy) = (run.Texts, run.Descriptor.Policy);
        yield return new("place", CommandChecks.Place(run), texts.StagePlace(policy.Where));
        yield return new("rate", checks.PeekRate(run), texts.StageRate(policy.Rate));
    }

    private async ValueTask<IReadOnlyList<ExplainedStage>> ArgumentsAsync(Invocation run, CancellationToken cancellation)
    {
        var (values, error) = await reader.ReadAsync(run.Entry!, run.Bind(), run.Call.Caller, cancellation);
        run.Values = values;
        if (error is not null) return [new("arguments", CommandChecks.Arguments(run, error), "")];
        var stages = run.Descriptor.Parameters.Select((parameter, index) =>
            new ExplainedStage("argument", null, run.Texts.StageArgument(parameter, TextOf(run, index), values!.IsGiven(index))));
        return [.. stages, new("check", CommandChecks.Parameters(run), run.Texts.StageCheck)];
    }

    /// <summary>Policies that refuse nothing by themselves.</summary>
    private static IEnumerable<ExplainedStage> Others(Invocation run)
    {
        var policy = run.Descriptor.Policy;
        if (policy.Confirm) yield return new("confirmation", null, run.Texts.StageConfirm, IsCheck: false);
        yield return new("deadline", null, run.Texts.StageDeadline(policy.Deadline ?? CommandExecutor.DefaultDeadline), IsCheck: false);
        if (policy.Audit) yield return new("audit", null, run.Texts.StageAudit, IsCheck: false);
    }

    /// <summary>The argument without its quotes, or the default; empty where there is neither.</summary>
    private static string TextOf(Invocation run, int index)
    {
        var pieces = run.Bound!.Pieces.Where(p => p.Parameter == index).Select(p => p.Text);
        return run.Values!.IsGiven(index) ? string.Join(' ', pieces) : run.Entry!.Defaults[index] ?? "";
    }

    private static CommandResult ResultOf(Invocation run, string usage, IReadOnlyList<ExplainedStage> stages)
    {
        var runs = stages.All(s => s.Refusal is null);
        var heading = run.Texts.Explained(usage, run.Entry!.Owner.Id);
        var data = new JsonObject
        {
            ["command"] = run.Descriptor.Name,
            ["plugin"] = run.Entry.Owner.Id,
            ["runs"] = runs,
            ["stages"] = new JsonArray([.. stages.Select(s => (JsonNode)s.ToJson())]),
        };
        var verdict = runs ? run.Texts.WouldRun : run.Texts.WouldNotRun;
        return CommandResult.ToCaller(string.Join('\n', [heading, .. stages.Select(s => "  " + s.Line), verdict]), data);
    }

    /// <param name="Refusal">Null where the stage lets the line pass.</param>
    private sealed record ExplainedStage(string Name, Refusal? Refusal, string Text, bool IsCheck = true)
    {
        public JsonObject ToJson() => new()
        {
            ["stage"] = Name,
            ["passes"] = Refusal is null,
            ["code"] = Refusal?.Code,
            ["text"] = Refusal?.Detail ?? Text,
        };

        public string Line => !IsCheck ? $"· {Text}"
            : Refusal is null ? $"✓ {Text}"
            : Text.Length == 0 ? $"✗ {Refusal.Detail}" : $"✗ {Text} → {Refusal.Detail}";
    }
}
