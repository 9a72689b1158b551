namespace Chat;

/// <summary>Builds a <see cref="CommandDescriptor"/> step by step. The daemon reports mistakes when it loads the plugin.</summary>
public sealed class CommandBuilder(string name, CommandInvoker invoke)
{
    private readonly List<LocalizedName> aliases = [];
    private readonly List<string> examples = [];
    private readonly List<ParameterDescriptor> parameters = [];
    private LocalizedText summary = LocalizedText.None;
    private CommandPolicy policy = CommandPolicy.Open;

    public CommandBuilder Alias(string alias, string? language = null) => Also(() => aliases.Add(new(alias, language)));

    /// <summary>The sentence that help and completion show in this language.</summary>
    public CommandBuilder Summary(string language, string text) => Also(() => summary = summary.With(language, text));

    public CommandBuilder Example(string line) => Also(() => examples.Add(line));

    /// <param name="configure">Adds constraints and texts, for example <c>p => p with { Outranked = true }</c>.</param>
    public CommandBuilder Argument(string name, ParameterType type, Func<ParameterDescriptor, ParameterDescriptor>? configure = null) =>
        Add(name, ParameterKind.Argument, type, true, configure);

    /// <summary>Optional, unless <paramref name="configure"/> makes it required.</summary>
    public CommandBuilder Option(string name, ParameterType type, Func<ParameterDescriptor, ParameterDescriptor>? configure = null) =>
        Add(name, ParameterKind.Option, type, false, configure);

    public CommandBuilder Flag(string name, Func<ParameterDescriptor, ParameterDescriptor>? configure = null) =>
        Add(name, ParameterKind.Flag, ParameterType.Boolean, false, p => (configure?.Invoke(p) ?? p) with { Default = false });

    public CommandBuilder Remainder(string name, Func<ParameterDescriptor, ParameterDescriptor>? configure = null) =>
        Add(name, ParameterKind.Remainder, ParameterType.Text, true, configure);

    public CommandBuilder Variadic(string name, ParameterType type, Func<ParameterDescriptor, ParameterDescriptor>? configure = null) =>
        Add(name, ParameterKind.Variadic, type, true, configure);

    /// <param name="permission">Words separated by dots, such as <c>room.kick</c>.</param>
    /// <param name="defaultRole">The lowest role that has the permission, unless the operator decides otherwise.</param>
    public CommandBuilder Permission(string permission, Role defaultRole = Role.Guest) =>
        With(policy with { Permission = permission, DefaultRole = defaultRole });

    public CommandBuilder OnlyIn(Where where) => With(policy with { Where = where });

    public CommandBuilder RateLimit(int count, int perSeconds) =>
        With(policy with { Rate = new(count, TimeSpan.FromSeconds(perSeconds)) });

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

    private CommandBuilder Add(
        string name, ParameterKind kind, ParameterType type, bool required, Func<ParameterDescriptor, ParameterDescriptor>? configure)
    {
        var added = new ParameterDescriptor { Name = name, Kind = kind, Type = type, Required = required };
        return Also(() => parameters.Add(configure?.Invoke(added) ?? added));
    }

    private CommandBuilder With(CommandPolicy changed) => Also(() => policy = changed);

    private CommandBuilder Also(Action change)
    {
        change();
        return this;
    }
}
