using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Chat.Daemon.Commands;

namespace Chat.Commands.Tests;

[TestClass]
internal sealed class ArgumentTests
{
    private enum Cor { Azul, Vermelho, Açafrão }

    [TestMethod]
    public async Task LineGivesEveryType()
    {
        var values = await Values(b => b.Argument("t", ParameterType.Text).Argument("i", ParameterType.Integer)
            .Argument("l", ParameterType.LongInteger).Argument("n", ParameterType.Number).Argument("b", ParameterType.Boolean)
            .Argument("d", ParameterType.Duration).Argument("u", ParameterType.User)
            .Argument("r", ParameterType.Room).Argument("c", ParameterType.Enum<Cor>()).Argument("g", ParameterType.Parsable<Guid>("id")),
            "/x olá -5 5000000000 2.5 não 1h30m @BIA #geral acafrao 00000000-0000-0000-0000-000000000001");
        Assert.AreEqual("olá", values.Get<string>(0));
        Assert.AreEqual(-5, values.Get<int>("i"));
        Assert.AreEqual(5_000_000_000, values.Get<long>(2));
        Assert.AreEqual(2.5, values.Get<double>(3));
        Assert.IsFalse(values.Get<bool>(4));
        Assert.AreEqual(TimeSpan.FromMinutes(90), values.Get<TimeSpan>(5));
        Assert.AreEqual(KnownEntities.Bia, values.Get<User>(6));
        Assert.AreEqual(KnownEntities.Geral, values.Get<Room>(7));
        Assert.AreEqual(Cor.Açafrão, values.Get<Cor>(8));
        Assert.AreEqual(new Guid(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0).ToString("N").Length, values.Get<Guid>(9).ToString("N").Length);
    }

    [TestMethod]
    public async Task OptionsMayStandAnywhere()
    {
        static CommandBuilder Shape(CommandBuilder b) => b.Argument("quem", ParameterType.User)
            .Option("por", ParameterType.Duration).Flag("quieto").Remainder("motivo", p => p with { Required = false, Default = "" });
        string[] lines =
        [
            "/x bia --por 5m --quieto foi  \"ele\"", "/x --quieto bia --POR=5m foi  \"ele\"",
            "/x --por=\"5m\" --quieto=sim bia foi  \"ele\"  ",
        ];
        foreach (var line in lines)
        {
            var values = await Values(Shape, line);
            Assert.AreEqual(KnownEntities.Bia, values.Get<User>(0));
            Assert.AreEqual(TimeSpan.FromMinutes(5), values.Get<TimeSpan>(1));
            Assert.IsTrue(values.Get<bool>(2));
            Assert.AreEqual("foi  \"ele\"", values.Get<string>(3));
        }
        var bare = await Values(Shape, "/x bia");
        Assert.IsFalse(bare.Get<bool>(2));
        Assert.AreEqual("", bare.Get<string>(3));
        Assert.IsFalse(bare.IsGiven(3));
        Assert.AreEqual("--por 5m", (await Values(Shape, "/x bia -- --por 5m")).Get<string>(3));
        Assert.AreEqual("--por 5m", (await Values(Shape, "/x bia \"--por 5m\"")).Get<string>(3));
    }

    [TestMethod]
    public async Task VariadicTakesTheRest()
    {
        var values = await Values(b => b.Variadic("números", ParameterType.Integer), "/x 1 2 3");
        Assert.AreSequenceEqual(new[] { 1, 2, 3 }, values.GetAll<int>(0));
    }

    [TestMethod]
    public void ManyValuesCostNoMoreThanTheirNumber()
    {
        var entry = Stand.Entry(Stand.Command("x").Variadic("números", ParameterType.Integer));
        var bound = LineBinder.Bind(entry.Descriptor.Parameters, "/x" + string.Concat(Enumerable.Repeat(" 1", 8_000)), 2);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var reading = Stand.Reader.ReadAsync(entry, bound, KnownEntities.Ana, default);
        Assert.IsLessThan(allocated + 2_000_000, GC.GetAllocatedBytesForCurrentThread());
        Assert.IsTrue(reading.IsCompletedSuccessfully);
    }

    [TestMethod]
    public async Task DashesAreTextForACommandWithoutOptions() =>
        Assert.AreEqual("--oi", (await Values(b => b.Argument("t", ParameterType.Text), "/x --oi")).Get<string>(0));

    [TestMethod]
    [DataRow("/x", ArgumentProblem.Missing, 2, 0)]
    [DataRow("/x ?", ArgumentProblem.NoSuchUser, 3, 1)]
    [DataRow("/x bia abc", ArgumentProblem.WrongType, 7, 3)]
    [DataRow("/x bia 99999999999", ArgumentProblem.WrongType, 7, 11)]
    [DataRow("/x bia 1 zzz", ArgumentProblem.Surplus, 9, 3)]
    [DataRow("/x bia --nada", ArgumentProblem.UnknownOption, 7, 6)]
    [DataRow("/x bia --por", ArgumentProblem.MissingValue, 12, 0)]
    [DataRow("/x bia --por --cor=azul", ArgumentProblem.MissingValue, 13, 10)]
    [DataRow("/x bia --por 5", ArgumentProblem.WrongType, 13, 1)]
    [DataRow("/x bia --por=1m --por=2m", ArgumentProblem.Repeated, 16, 8)]
    [DataRow("/x bia --cor=verde", ArgumentProblem.NotAChoice, 7, 11)]
    [DataRow("/x \"bia", ArgumentProblem.UnclosedQuote, 3, 4)]
    public async Task ErrorHasItsSpan(string line, ArgumentProblem problem, int start, int length)
    {
        var (_, error) = await Read(b => b.Argument("quem", ParameterType.User)
            .Argument("n", ParameterType.Integer, p => p with { Required = false, Default = 1 })
            .Option("por", ParameterType.Duration).Option("cor", ParameterType.Enum<Cor>()), line);
        Assert.AreEqual(problem, error?.Problem);
        Assert.AreEqual(new LineSpan(start, length), error!.Span);
        if (problem is ArgumentProblem.UnknownOption)
            Assert.AreSequenceEqual(new[] { "--por", "--cor" }, error.Expected.Select(e => e.Name));
        if (problem is ArgumentProblem.NotAChoice) Assert.Contains("azul", error.Expected);
        foreach (var language in new[] { "en", "pt-BR" }) Assert.AreNotEqual("", CommandTexts.In(language).Of(error));
    }

    [TestMethod]
    [DataRow("/x bia cavalo bateria", "cavalo bateria")]
    [DataRow("/x bia --cor azul \"cavalo bateria\"", "cavalo bateria")]
    [DataRow("/x bia cavalo \"bateria\" azul", "cavalo \"bateria\" azul")]
    [DataRow("/x bia \"cavalo bateria\" azul", null)]
    [DataRow("/x bia \"cavalo\" --cor azul", null)]
    public async Task ASecretEndsAtItsClosingQuoteOrNotAtAll(string line, string? secret)
    {
        var (values, error) = await Read(b => b.Argument("quem", ParameterType.Text)
            .Remainder("senha", p => p with { Secret = true }).Option("cor", ParameterType.Enum<Cor>()), line);
        if (secret is not null)
        {
            Assert.IsNull(error);
            Assert.AreEqual(secret, values!.Get<string>(1));
            return;
        }
        Assert.AreEqual(ArgumentProblem.TextAfterQuote, error?.Problem);
        foreach (var language in new[] { "en", "pt-BR" }) AssertMasked(CommandTexts.In(language).Of(error!));
    }

    [TestMethod]
    [DataRow("/x bia \"cavalo bateria", ArgumentProblem.UnclosedQuote)]
    [DataRow("/x bia --chave=\"cavalo", ArgumentProblem.UnclosedQuote)]
    [DataRow("/x bia um cavalo", ArgumentProblem.Surplus)]
    public async Task APartOfASecretIsNotRepeated(string line, ArgumentProblem problem)
    {
        var (_, error) = await Read(b => b.Argument("quem", ParameterType.Text)
            .Argument("senha", ParameterType.Text, p => p with { Secret = true })
            .Option("chave", ParameterType.Text, p => p with { Secret = true, Required = false }), line);
        Assert.AreEqual(problem, error?.Problem);
        foreach (var language in new[] { "en", "pt-BR" }) AssertMasked(CommandTexts.In(language).Of(error!));
    }

    private static void AssertMasked(string text)
    {
        foreach (var part in new[] { "cavalo", "bateria" }) Assert.DoesNotContain(part, text);
    }

    [TestMethod]
    [DataRow("30s", 30)]
    [DataRow("5M", 300)]
    [DataRow("1d2h", 93_600)]
    [DataRow("1h30m5s", 5_405)]
    [DataRow("0s", 0)]
    public void DurationIsRead(string text, int seconds)
    {
        Assert.IsTrue(DurationText.TryParse(text, out var duration));
        Assert.AreEqual(seconds, duration.TotalSeconds);
        Assert.IsTrue(DurationText.TryParse(DurationText.Format(duration), out var again));
        Assert.AreEqual(duration, again);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("5")]
    [DataRow("m")]
    [DataRow("5x")]
    [DataRow("5m1h")]
    [DataRow("1m1m")]
    [DataRow("-5m")]
    [DataRow("99999999999d")]
    [DataRow("999999999999s")]
    public void InvalidDurationIsRejected(string text) => Assert.IsFalse(DurationText.TryParse(text, out _));

    [TestMethod]
    public async Task FrameGivesTheSameValuesAsALine()
    {
        static CommandBuilder Shape(CommandBuilder b) => b.Argument("quem", ParameterType.User)
            .Option("por", ParameterType.Duration).Flag("quieto").Variadic("ns", ParameterType.Integer);
        var fromLine = await Values(Shape, "/x bia --por=5m --quieto 1 2");
        var (fromFrame, error) = await ReadFrame(Shape, """{"Quem":"bia","por":"5m","quieto":true,"ns":[1,"2"]}""");
        Assert.IsNull(error);
        for (var i = 0; i < 3; i++) Assert.AreEqual(fromLine[i], fromFrame![i]);
        Assert.AreSequenceEqual(fromLine.GetAll<int>(3), fromFrame!.GetAll<int>(3));
    }

    [TestMethod]
    [DataRow("""{"nada":1}""", ArgumentProblem.UnknownOption)]
    [DataRow("""{"t":{}}""", ArgumentProblem.WrongType)]
    [DataRow("""{"t":["a"]}""", ArgumentProblem.WrongType)]
    [DataRow("""{"t":null}""", ArgumentProblem.Missing)]
    [DataRow("""{"t":"a","T":"b"}""", ArgumentProblem.Repeated)]
    [DataRow("""{"t":"\u001b[2J"}""", ArgumentProblem.ForbiddenCharacter)]
    [DataRow("""{"t":"\ud800"}""", ArgumentProblem.WrongType)]
    public async Task FrameErrorHasNoSpan(string args, ArgumentProblem problem)
    {
        var (_, error) = await ReadFrame(b => b.Argument("t", ParameterType.Text), args);
        Assert.AreEqual(problem, error?.Problem);
        Assert.IsNull(error!.Span);
    }

    [TestMethod]
    public async Task ChoiceHasItsDeclaredSpelling()
    {
        var values = await Values(
            b => b.Argument("dia", ParameterType.Text, p => p with { Choices = ["Sábado", "Domingo"] }), "/x SABADO");
        Assert.AreEqual("Sábado", values.Get<string>(0));
    }

    [TestMethod]
    public async Task ConverterThatThrowsIsABug()
    {
        var (_, error) = await Read(b => b.Argument("t", ParameterType.Custom<string>("bang", Bang)), "/x a");
        Assert.AreEqual("bang", error?.Fault?.Message);
    }

    private static bool Bang(string text, [NotNullWhen(true)] out object? value) => throw new FormatException("bang");

    internal static async Task<ArgumentValues> Values(Func<CommandBuilder, CommandBuilder> shape, string line)
    {
        var (values, error) = await Read(shape, line);
        Assert.IsNull(error, $"{line}: {error}");
        return values!;
    }

    internal static async Task<(ArgumentValues? Values, ArgumentError? Error)> Read(Func<CommandBuilder, CommandBuilder> shape, string line)
    {
        var entry = Stand.Entry(shape(Stand.Command("x")));
        return await Stand.Reader.ReadAsync(entry, LineBinder.Bind(entry.Descriptor.Parameters, line, 2), KnownEntities.Ana, default);
    }

    private static async Task<(ArgumentValues? Values, ArgumentError? Error)> ReadFrame(
        Func<CommandBuilder, CommandBuilder> shape, string args)
    {
        var entry = Stand.Entry(shape(Stand.Command("x")));
        var bound = ArgsBinder.Bind(entry.Descriptor.Parameters, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(args));
        return await Stand.Reader.ReadAsync(entry, bound, KnownEntities.Ana, default);
    }
}
