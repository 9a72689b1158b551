namespace Chat;

/// <summary>Builds a <see cref="CommandDescriptor"/> step by step. Whatever it says wrong, the daemon reports when it loads the plugin.</summary>
public sealed class CommandBuilder(string name, CommandInvoker invoke)
{
    private readonly List<LocalName> aliases = [];
    private readonly List<string> examples = [];
    private readonly List<ParameterDescriptor> parameters = [];
    private LocalText summary = LocalText.None;
    private CommandPolicy policy = CommandPolicy.Open;

    public CommandBuilder Alias(string alias, string? language = null) => Also(() => aliases.Add(new(alias, language)));

    /// <summary>The sentence that help and completion show to those who speak the language.</summary>
    public CommandBuilder Summary(string language, string text) => Also(() => summary = summary.With(language, text));

    public CommandBuilder Example(string line) => Also(() => examples.Add(line));

    /// <param name="refine">Adds constraints and texts: <c>p => p with { Outranked = true }</c>.</param>
    public CommandBuilder Argument(string parameter, ParameterType type, Func<ParameterDescriptor, ParameterDescriptor>? refine = null) =>
        Add(parameter, ParameterKind.Argument, type, true, refine);

    /// <summary>Not required as long as <paramref name="refine"/> says nothing else.</summary>
    public CommandBuilder Option(string parameter, ParameterType type, Func<ParameterDescriptor, ParameterDescriptor>? refine = null) =>
        Add(parameter, ParameterKind.Option, type, false, refine);

    public CommandBuilder Flag(string parameter, Func<ParameterDescriptor, ParameterDescriptor>? refine = null) =>
        Add(parameter, ParameterKind.Flag, ParameterType.Boolean, false, p => (refine?.Invoke(p) ?? p) with { Default = false });

    public CommandBuilder Remainder(string parameter, Func<ParameterDescriptor, ParameterDescriptor>? refine = null) =>
        Add(parameter, ParameterKind.Remainder, ParameterType.Text, true, refine);

    public CommandBuilder Variadic(string parameter, ParameterType type, Func<ParameterDescriptor, ParameterDescriptor>? refine = null) =>
        Add(parameter, ParameterKind.Variadic, type, true, refine);

    /// <param name="permission">Dotted, such as <c>room.kick</c>.</param>
    /// <param name="from">The lowest role that has it by default.</param>
    public CommandBuilder Permission(string permission, Role from = Role.Guest) => With(policy with { Permission = permission, DefaultRole = from });

    public CommandBuilder OnlyIn(Where where) => With(policy with { Where = where });

    public CommandBuilder RateLimit(int count, int perSeconds) => With(policy with { Rate = new(count, TimeSpan.FromSeconds(perSeconds)) });

    public CommandBuilder Deadline(TimeSpan deadline) => With(policy with { Deadline = deadline });

    public CommandBuilder Confirm() => With(policy with { Confirm = true });

    public CommandBuilder Audit() => With(policy with { Audit = true });

    public CommandBuilder Hidden() => With(policy with { Hidden = true });

    public CommandDescriptor Build() => new()
    {
        Name = name,
        Aliases = [.. aliases],
        Summary = summary,
        Examples = [.. examples],
        Parameters = [.. parameters],
        Policy = policy,
        Invoke = invoke,
    };

    private CommandBuilder Add(string parameter, ParameterKind kind, ParameterType type, bool required, Func<ParameterDescriptor, ParameterDescriptor>? refine)
    {
        var added = new ParameterDescriptor { Name = parameter, Kind = kind, Type = type, Required = required };
        return Also(() => parameters.Add(refine?.Invoke(added) ?? added));
    }

    private CommandBuilder With(CommandPolicy changed) => Also(() => policy = changed);

    private CommandBuilder Also(Action change)
    {
        change();
        return this;
    }
}
