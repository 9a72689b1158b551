using System.Text.Json;

namespace Chat.Daemon.Commands;

/// <summary>One request to run a command: a line or a <c>command</c> frame.</summary>
internal abstract record CommandCall(User Caller, string Language)
{
    /// <summary>The room of the call; the caller is in it.</summary>
    public Room? Room { get; init; }

    /// <summary>False if the caller is known not to own the room.</summary>
    public bool OwnsRoom { get; init; } = true;

    /// <summary>The other user of the direct conversation of the call.</summary>
    public User? Recipient { get; init; }

    /// <summary>The caller's attachment, for the capabilities in the invocation's scope.</summary>
    public object? Origin { get; init; }

    /// <param name="end">The index in the line where the name ends; without a match, where the first word ends. 0 for a frame.</param>
    public abstract CatalogueEntry? FindIn(CommandCatalogue catalogue, out int end);

    /// <summary>The name of an unknown command as the caller wrote it; untrusted.</summary>
    /// <param name="end">As <see cref="FindIn"/> gave it.</param>
    public abstract string NameUpTo(int end);

    /// <summary>The word after that, as the caller wrote it; empty if there is none.</summary>
    /// <inheritdoc cref="NameUpTo"/>
    public virtual string WordAfter(int end) => "";

    /// <param name="start">The index in the line where the name ends.</param>
    public abstract BoundArguments Bind(IReadOnlyList<ParameterDescriptor> parameters, int start);

    public CommandContext ContextOf(CommandDescriptor command, string id, CancellationToken aborted) => new()
    {
        InvocationId = id,
        Command = command.Name,
        Caller = Caller,
        Room = Room,
        Recipient = Recipient,
        Language = CommandTexts.In(Language).Language,
        Aborted = aborted,
    };

    /// <param name="Text">The whole line, with its slash.</param>
    public sealed record Line(User Caller, string Text, string Language) : CommandCall(Caller, Language)
    {
        public override CatalogueEntry? FindIn(CommandCatalogue catalogue, out int end) => catalogue.FindIn(Text, out end);

        public override string NameUpTo(int end) => Text[..end].TrimStart('/');

        public override string WordAfter(int end)
        {
            var rest = Text.AsSpan(end).TrimStart();
            var length = rest.IndexOfAny(' ', '\t', '\n');
            return rest[..(length < 0 ? rest.Length : length)].ToString();
        }

        public override BoundArguments Bind(IReadOnlyList<ParameterDescriptor> parameters, int start) =>
            LineBinder.Bind(parameters, Text, start);
    }

    public sealed record Frame(User Caller, string Name, IReadOnlyDictionary<string, JsonElement>? Args, string Language)
        : CommandCall(Caller, Language)
    {
        public override CatalogueEntry? FindIn(CommandCatalogue catalogue, out int end)
        {
            end = 0;
            return catalogue.Find(Name);
        }

        public override string NameUpTo(int end) => Name;

        public override BoundArguments Bind(IReadOnlyList<ParameterDescriptor> parameters, int start) => ArgsBinder.Bind(parameters, Args);
    }
}
