"""Things of the demo club that belong to none of its visitors, by the parts of their address.

Each room's stand in a module of their own, and all are found here.
"""

from tests.sweeps.somebody_elses.calendar import *
from tests.sweeps.somebody_elses.certification import *
from tests.sweeps.somebody_elses.courses import *
from tests.sweeps.somebody_elses.indicators import *
from tests.sweeps.somebody_elses.knowledge import *
from tests.sweeps.somebody_elses.materials import *
from tests.sweeps.somebody_elses.membership import *
from tests.sweeps.somebody_elses.outbox import *
from tests.sweeps.somebody_elses.people import *
from tests.sweeps.somebody_elses.pilots import *
from tests.sweeps.somebody_elses.plan import *
from tests.sweeps.somebody_elses.privacy import *
from tests.sweeps.somebody_elses.records import *
from tests.sweeps.somebody_elses.registration import *
from tests.sweeps.somebody_elses.reporting import *
from tests.sweeps.somebody_elses.statistics import *
