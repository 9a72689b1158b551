using Chat;

namespace Fuzz.Targets;

/// <summary>Commands whose parameters are of every kind and type.</summary>
internal static class CommandShapes
{
    private static readonly ParameterType[] Types =
    [
        ParameterType.Text, ParameterType.Integer, ParameterType.LongInteger, ParameterType.Number, ParameterType.Boolean,
        ParameterType.Duration, ParameterType.User, ParameterType.Room, ParameterType.Enum<DayOfWeek>(), ParameterType.Parsable<Guid>("id"),
    ];

    public static IEnumerable<CommandBuilder> All =>
    [
        Command("nada"),
        Command("x y").Alias("ex uai", "en").Flag("quieto", p => p with { Aliases = [new("quiet", "en")] }),
        Command("x y z").Remainder("resto", p => p with { Required = false, MaxLength = 20 }),
        Command("expulsár").Alias("kick", "en").Argument("alvo", ParameterType.User, p => p with { Outranked = true })
            .Option("por", ParameterType.Duration, p => p with { Min = 1, Max = 86_400 }).Flag("quieto").Remainder("motivo"),
        Command("tudo").Argument("a", ParameterType.Integer, p => p with { Min = -5, Max = 5 })
            .Argument("b", ParameterType.Text, p => p with { Choices = ["Maçã", "pêra verde", new("uva", "en")], Secret = true })
            .Option("opção", ParameterType.Number).Variadic("vários", ParameterType.LongInteger, p => p with { MaxLength = 9 }),
        .. Types.Select((type, i) => Command($"um{i}").Argument("valor", type).Option("o", type)),
        .. Types.Select((type, i) => Command($"os{i}").Variadic("valores", type)),
    ];

    public static IReadOnlyList<string> Tokens { get; } =
    [
        "/nada", "/x y", "/x y z", "/ex  uai", "/kick", "/expulsar", "/EXPULSÁR", "/tudo", "/um0 ", "/um5 ", "/um9 ", "/os0 ", "/os1 ",
        "/os6 ", "/os9 ", "--", "--por ", "--por=", "--quieto", "--quiet=nao", "--opção ", "--OPCAO=", "--o ", "-", "=", "\"",
        "“", "”",
        "\\", "\\\"", "ana", "@gil", "#geral", "@", "#", "1h30m", "99999999999d", "0s", "-5", "5", "1e400", "NaN", "∞", "sim", "não",
        "maca", "PERA VERDE", "sunday", "00000000-0000-0000-0000-000000000001", "2147483648", " ", "  ", "\t", "\n", "\u3000",
    ];

    private static CommandBuilder Command(string name) => new(name, (_, _, _) => ValueTask.FromResult<CommandResult>("feito"));
}
