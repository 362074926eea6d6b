"""Made-up agencies on real postcodes, of any size, as the tables that `careround plan` reads.

    tables = generate(Spec(clients=60, carers=24, seed=1))
    write_csv(tables, Path("my-agency"))

The same Spec gives the same tables, byte for byte. Postcodes are real, so that journeys are; everybody who lives
there is invented, and no figure in the tables is anybody's.
"""

from scenarios.generate.agency import generate
from scenarios.generate.shipped import SHIPPED
from scenarios.generate.spec import Spec
from scenarios.generate.write import Tables, write_csv

__all__ = ["SHIPPED", "Spec", "Tables", "generate", "write_csv"]
