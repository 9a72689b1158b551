namespace Chat.Cli.Terminal;

/// <summary>What keys do in place of their default: each stands for other keys, or for a line to run.</summary>
internal sealed class KeyBindings(IReadOnlyDictionary<string, string> bound)
{
    public static readonly KeyBindings None = new(new Dictionary<string, string>());

    private readonly Dictionary<(ConsoleKey, ConsoleModifiers), IReadOnlyList<Key>> keys = bound.ToDictionary(
        b => KeyNames.TryParse(b.Key, out var key) ? key : throw new ArgumentException(b.Key, nameof(bound)), b => Keys(b.Value));

    /// <summary>Names of actions, with the keys that they have by default.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<Key>> Actions { get; } = new Dictionary<string, IReadOnlyList<Key>>
    {
        ["none"] = [],
        ["line-start"] = [Control(ConsoleKey.A)],
        ["line-end"] = [Control(ConsoleKey.E)],
        ["left"] = [Control(ConsoleKey.B)],
        ["right"] = [Control(ConsoleKey.F)],
        ["word-left"] = [Alt(ConsoleKey.B)],
        ["word-right"] = [Alt(ConsoleKey.F)],
        ["delete-left"] = [Plain(ConsoleKey.Backspace)],
        ["delete-right"] = [Plain(ConsoleKey.Delete)],
        ["kill-word-left"] = [Control(ConsoleKey.W)],
        ["kill-word-right"] = [Alt(ConsoleKey.D)],
        ["kill-to-start"] = [Control(ConsoleKey.U)],
        ["kill-to-end"] = [Control(ConsoleKey.K)],
        ["yank"] = [Control(ConsoleKey.Y)],
        ["yank-older"] = [Alt(ConsoleKey.Y)],
        ["transpose"] = [Control(ConsoleKey.T)],
        ["undo"] = [Control(ConsoleKey.Z)],
        ["older-line"] = [Plain(ConsoleKey.UpArrow)],
        ["newer-line"] = [Plain(ConsoleKey.DownArrow)],
        ["search"] = [Control(ConsoleKey.R)],
        ["complete"] = [Plain(ConsoleKey.Tab)],
        ["complete-back"] = [new Key(ConsoleKey.Tab, ConsoleModifiers.Shift, "")],
        ["line-break"] = [Alt(ConsoleKey.Enter)],
        ["editor"] = [Control(ConsoleKey.X), Control(ConsoleKey.E)],
        ["earlier"] = [Plain(ConsoleKey.PageUp)],
        ["numbers"] = [Alt(ConsoleKey.N)],
        ["take-back"] = [Plain(ConsoleKey.Escape)],
        ["clear"] = [Control(ConsoleKey.L)],
    };

    /// <summary>Whether it names an action, or is a line that begins with a slash.</summary>
    public static bool IsAction(string text) => text.StartsWith('/') || Actions.ContainsKey(text);

    /// <summary>The keys that a pressed one stands for; usually itself.</summary>
    public IReadOnlyList<Key> Of(Key pressed) =>
        !pressed.IsPaste && keys.TryGetValue((pressed.Code, pressed.Modifiers), out var others) ? others : [pressed];

    private static IReadOnlyList<Key> Keys(string action) =>
        action.StartsWith('/') ? [new Key(default, default, "", Command: action)] : Actions[action];

    private static Key Plain(ConsoleKey code) => new(code, default, "");

    private static Key Control(ConsoleKey code) => new(code, ConsoleModifiers.Control, "");

    private static Key Alt(ConsoleKey code) => new(code, ConsoleModifiers.Alt, "");
}
