using Chat;

public sealed class Commands
{
    /// <summary>Rola um dado, e mostra o resultado a todos.<para xml:lang="en">Rolls a die, and shows everyone the result.</para></summary>
    /// <param name="lados">quantos lados tem o dado<para xml:lang="en">how many sides the die has</para></param>
    [Command("rolar"), Alias("roll", "en"), OnlyIn(Where.Room), RateLimit(10, perSeconds: 60)]
    [Example("/rolar"), Example("/rolar 20"), Example("/roll 20")]
    public CommandResult Roll([Range(2, 1000), Alias("sides", "en")] int lados = 6) =>
        CommandResult.ToRoom($"🎲 d{lados} = {Random.Shared.Next(1, lados + 1)}");
}
